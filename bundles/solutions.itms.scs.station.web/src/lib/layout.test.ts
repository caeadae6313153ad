import { expect, test } from 'vitest';
import { layOut } from './layout';

const LEAST = { width: 128, height: 112 };

test('sixty gates fit on a full HD screen without scrolling', () => {
  const layout = layOut(60, { width: 1450, height: 820 }, 6, LEAST);
  const rows = Math.ceil(60 / layout.columns);
  expect(layout.scrolls).toBe(false);
  expect(layout.columns * (layout.width + 6) - 6).toBeLessThanOrEqual(1450);
  expect(rows * (layout.height + 6) - 6).toBeLessThanOrEqual(820);
});

test('few gates are large, and no larger than makes sense', () => {
  const one = layOut(1, { width: 1450, height: 820 }, 6, LEAST);
  const dozen = layOut(12, { width: 1450, height: 820 }, 6, LEAST);
  expect(one).toMatchObject({ columns: 1, width: 460, height: 300 });
  expect(dozen.height).toBeGreaterThan(250);
});

test('where there is no room, tiles keep the least size and the room scrolls', () => {
  const layout = layOut(60, { width: 366, height: 500 }, 6, LEAST);
  expect(layout).toMatchObject({ columns: 2, height: 112, scrolls: true });
  expect(layout.width).toBeGreaterThanOrEqual(128);
});
