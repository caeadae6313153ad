import { describe, expect, test, vi } from 'vitest';
import { LiveStore } from '@/lib/live/live-store';
import { aGate, aGateway, aSnapshot, SERVER_TIME } from '@/testing/fixtures';

const NOW = Date.parse(SERVER_TIME) - 5_000;

function startStore() {
  const frames: (() => void)[] = [];
  const store = new LiveStore(
    (task) => frames.push(task),
    () => NOW,
  );
  const listener = vi.fn();
  store.subscribe(listener);
  const runFrames = () => {
    frames.splice(0).forEach((task) => {
      task();
    });
  };
  return { store, frames, runFrames, listener };
}

describe('the live store', () => {
  test('shows nothing as loaded before the first snapshot', () => {
    const { store } = startStore();
    expect(store.getState()).toMatchObject({ loaded: false, connection: { state: 'connecting' } });
  });

  test('replaces everything by a snapshot', () => {
    const { store } = startStore();
    store.applySnapshot(aSnapshot({ gates: [aGate({ id: 'old' })] }));
    store.applySnapshot(aSnapshot({ gates: [aGate({ id: 'new' })] }));
    expect(store.getState().gates.map((gate) => gate.id)).toEqual(['new']);
    expect(store.getState()).toMatchObject({ loaded: true, connection: { state: 'live', since: NOW } });
  });

  test('learns how far the browser’s clock is off', () => {
    const { store } = startStore();
    store.applySnapshot(aSnapshot());
    expect(store.getState().serverOffset).toBe(5_000);
  });

  test('keeps the offset it knows when the server’s time makes no sense', () => {
    const { store } = startStore();
    store.applySnapshot(aSnapshot());
    store.applySnapshot(aSnapshot({ serverTime: 'soon' }));
    expect(store.getState().serverOffset).toBe(5_000);
  });

  test('applies a burst of changes in one frame, the last of each row', () => {
    const { store, frames, runFrames, listener } = startStore();
    store.applySnapshot(aSnapshot({ gates: [aGate(), aGate({ id: 'G1-02' })] }));
    const untouched = store.getState().gates[1];
    listener.mockClear();
    store.applyGate(aGate({ status: 'fault' }));
    store.applyGate(aGate({ status: 'offline' }));
    store.applyGateway(aGateway({ received: 11 }));
    expect(frames).toHaveLength(1);
    expect(store.getState().gates[0]?.status).toBe('online');
    runFrames();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.getState().gates[0]?.status).toBe('offline');
    expect(store.getState().gates[1]).toBe(untouched);
    expect(store.getState().gateways[0]?.received).toBe(11);
  });

  test('keeps the list that did not change', () => {
    const { store, runFrames } = startStore();
    store.applySnapshot(aSnapshot());
    const { gateways } = store.getState();
    store.applyGate(aGate({ status: 'fault' }));
    runFrames();
    expect(store.getState().gateways).toBe(gateways);
  });

  test('adds a row that the snapshot did not have', () => {
    const { store, runFrames } = startStore();
    store.applySnapshot(aSnapshot());
    store.applyGate(aGate({ gatewayId: 'other' }));
    runFrames();
    expect(store.getState().gates.map((gate) => gate.gatewayId)).toEqual(['demo', 'other']);
  });

  test('lets a new snapshot win over changes that still wait for their frame', () => {
    const { store, runFrames } = startStore();
    store.applySnapshot(aSnapshot());
    store.applyGate(aGate({ status: 'fault' }));
    store.applySnapshot(aSnapshot());
    runFrames();
    expect(store.getState().gates[0]?.status).toBe('online');
  });

  test('keeps the rows, and the time of the first failure, while it is not connected', () => {
    let now = NOW;
    const store = new LiveStore(
      () => undefined,
      () => now,
    );
    store.applySnapshot(aSnapshot());
    store.disconnected();
    now += 9_000;
    store.disconnected();
    expect(store.getState()).toMatchObject({ connection: { state: 'retrying', since: NOW }, loaded: true });
    expect(store.getState().gates).toHaveLength(1);
  });

  test('forgets everything when cleared', () => {
    const { store, runFrames } = startStore();
    store.applySnapshot(aSnapshot());
    store.applyGate(aGate({ id: 'late' }));
    store.clear();
    runFrames();
    expect(store.getState()).toMatchObject({ loaded: false, gateways: [], gates: [] });
  });
});
