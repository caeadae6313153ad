import { expect, test } from 'vitest';
import { sharesOf } from '@/features/commands/fleet/summary';

test('a summary is put into four parts', () => {
  const shares = sharesOf({ SUCCESS: 5, FAILED: 1, refused: 1, TIMEOUT: 1, RUNNING: 2, waiting: 10 });
  expect(shares.map(({ name, count, percent }) => [name, count, percent])).toEqual([
    ['done', 5, 25],
    ['failed', 3, 15],
    ['open', 2, 10],
    ['waiting', 10, 50],
  ]);
  expect(sharesOf({}).every(({ count, percent }) => count === 0 && percent === 0)).toBe(true);
});
