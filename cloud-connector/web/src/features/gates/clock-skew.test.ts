import { expect, test } from 'vitest';
import { clockSkewMs } from '@/features/gates/clock-skew';

const lastSeen = '2026-06-02T08:00:00.000Z';

test.each([
  ['2026-06-02T07:59:58.000Z', null],
  ['2026-06-02T08:05:00.000Z', 300_000],
  ['2026-06-02T07:55:00.000Z', 300_000],
  [null, null],
])('a heartbeat stamped %s is off by %s ms', (lastHeartbeat, expected) => {
  expect(clockSkewMs({ lastHeartbeat, lastSeen })).toBe(expected);
});
