import { describe, expect, test } from 'vitest';
import { Mover, type MoverState, type Wire } from '@/features/cameras/ptz/mover';
import { failure, success } from '@/lib/result';

const RUN = { id: 'r1', state: 'PENDING', final: false, result: null, error: null };

/** A camera whose moves end when the test says so. */
function site() {
  const log: string[] = [];
  const ends: ((ok: boolean) => void)[] = [];
  const states: MoverState[] = [];
  const waits: (() => void)[] = [];
  const wire: Wire = {
    move: (vector) => {
      log.push(`move ${JSON.stringify(vector)}`);
      return new Promise((resolve) => {
        ends.push((ok) => {
          resolve(
            ok
              ? success(null)
              : failure({ kind: 'ended', id: 'r', state: 'FAILED', code: 'timeout', message: null }),
          );
        });
      });
    },
    stop: () => {
      log.push('stop');
      return Promise.resolve(success(RUN));
    },
  };
  const mover = new Mover(
    wire,
    (state) => states.push(state),
    () => new Promise((resolve) => waits.push(resolve)),
  );
  const settle = async () => {
    for (let n = 0; n < 20; n += 1) {
      await Promise.resolve();
    }
  };
  return {
    mover,
    log,
    states,
    settle,
    end: async (ok = true) => {
      ends.shift()?.(ok);
      await settle();
    },
    later: async () => {
      waits.shift()?.();
      await settle();
    },
  };
}

describe('a camera that is moved', () => {
  test('moves on while something is held, one move after the other, and stops at the release', async () => {
    const { mover, log, end, later, settle } = site();
    mover.hold({ pan: 0.5 });
    await later();
    expect(log).toEqual(['move {"pan":0.5}']);
    await end();
    expect(log).toEqual(['move {"pan":0.5}', 'move {"pan":0.5}']);
    await end();
    mover.release();
    await later();
    await settle();
    expect(log.at(-1)).toBe('stop');
    expect(log.filter((one) => one.startsWith('move'))).toHaveLength(2);
  });

  test('is stopped again when the stop may have overtaken a move', async () => {
    const { mover, log, end } = site();
    mover.hold({ tilt: 1 });
    mover.release();
    expect(log).toEqual(['move {"tilt":1}', 'stop']);
    await end();
    expect(log).toEqual(['move {"tilt":1}', 'stop', 'stop']);
  });

  test('is stopped when a move fails, and says so', async () => {
    const { mover, log, states, end, later } = site();
    mover.hold({ zoom: 1 });
    await end(false);
    await later();
    expect(log).toEqual(['move {"zoom":1}', 'stop']);
    expect(states.at(-1)).toMatchObject({ moving: false, fault: { code: 'timeout' } });
  });

  test('is not stopped when nothing was held', () => {
    const { mover, log } = site();
    mover.release();
    expect(log).toEqual([]);
  });

  test('turns to where it is told next', async () => {
    const { mover, log, end, later } = site();
    mover.hold({ pan: 1 });
    mover.release();
    mover.hold({ pan: -1 });
    await end();
    await later();
    expect(log).toEqual(['move {"pan":1}', 'stop', 'stop', 'move {"pan":-1}']);
  });
});
