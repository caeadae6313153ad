import { describe, expect, test } from 'vitest';
import { translator } from '@/lib/i18n/translate';
import { formatAge } from '@/lib/time/format-age';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('an age', () => {
  test.each([
    [-5 * SECOND, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min 00 s'],
    [4 * MINUTE + 5 * SECOND, '4 min 05 s'],
    [HOUR - 1, '59 min 59 s'],
    [3 * HOUR + 12 * MINUTE + 40 * SECOND, '3 h 12 min'],
    [DAY - 1, '23 h 59 min'],
    [2 * DAY + 4 * HOUR, '2 d 4 h'],
  ])('of %i ms reads %s', (age, expected) => {
    expect(formatAge(age, translator('en'))).toBe(expected);
  });

  test('reads in Thai too', () => {
    expect(formatAge(65 * SECOND, translator('th'))).toBe('1 นาที 05 วิ');
  });
});
