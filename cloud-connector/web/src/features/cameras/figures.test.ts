import { describe, expect, test } from 'vitest';
import { curveOf, latestOf } from '@/features/cameras/figures';

const at = (n: number) => new Date(n * 1_000).toISOString();

describe('figures', () => {
  test('are drawn as a band, with a hole where nothing was measured', () => {
    const buckets = [0, 1, 5].map((n) => ({ at: at(n), count: 2, min: n, avg: n + 1, max: n + 2 }));
    const curve = curveOf(buckets, 0, 10_000, 1_000);
    expect(curve).toMatchObject({ min: 0, max: 7, latest: 6 });
    expect(curve?.area.match(/M/g)).toHaveLength(2);
    expect(curve?.area).not.toContain('NaN');
  });

  test('that are no numbers, or not there, draw nothing', () => {
    expect(curveOf([], 0, 1, 1)).toBeNull();
    expect(curveOf([{ at: at(0), count: 1, min: null, avg: null, max: null }], 0, 1, 1)).toBeNull();
  });

  test('of one device are found by their name', () => {
    const one = { subject: 'camera/a/metrics', metric: 'latency.ms', at: at(0), value: 5 };
    expect(latestOf([one, { ...one, subject: 'camera/b/metrics', value: 6 }], 'camera/a/metrics')).toEqual({
      'latency.ms': one,
    });
  });
});
