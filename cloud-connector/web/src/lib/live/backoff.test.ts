import { expect, test } from 'vitest';
import { backoffMs } from '@/lib/live/backoff';

test('doubles up to half a minute, and spreads by half', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 500].map((attempt) => backoffMs(attempt, () => 1));
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(backoffMs(3, () => 0)).toBe(2_000);
});
