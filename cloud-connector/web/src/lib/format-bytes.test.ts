import { expect, test } from 'vitest';
import { formatBytes } from '@/lib/format-bytes';

test('sizes are told in the unit that people read', () => {
  expect(formatBytes(0)).toBe('0 B');
  expect(formatBytes(1023)).toBe('1023 B');
  expect(formatBytes(1536)).toBe('1.5 KiB');
  expect(formatBytes(50 * 1024 * 1024)).toBe('50 MiB');
  expect(formatBytes(3.25 * 1024 ** 3)).toBe('3.3 GiB');
});
