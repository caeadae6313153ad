import { describe, expect, test } from 'vitest';
import { DICTIONARIES, type MessageKey, translator } from '@/lib/i18n/translate';

const { en, th } = DICTIONARIES;
const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe('the dictionaries', () => {
  test('have the same keys', () => {
    expect(Object.keys(th).sort()).toEqual(Object.keys(en).sort());
  });

  test('fill the same holes', () => {
    const different = (Object.keys(en) as MessageKey[]).filter(
      (key) => holes(en[key]).join() !== holes(th[key]).join(),
    );
    expect(different).toEqual([]);
  });

  test('say something for every key, and it in Thai', () => {
    const empty = Object.values(DICTIONARIES).flatMap((one) =>
      Object.values(one).filter((text) => text.trim() === ''),
    );
    expect(empty).toEqual([]);
    const notThai = (Object.keys(th) as MessageKey[]).filter((key) => !/[ก-๙]/.test(th[key]));
    expect(notThai.sort()).toEqual(['nvr.profileG', 'product.name']);
  });
});

test('values are put where they belong, and a missing one stays visible', () => {
  const t = translator('en');
  expect(t('table.shown', { shown: 3, total: '5,000' })).toBe('3 of 5,000');
  expect(t('table.shown', { shown: 3 })).toBe('3 of {total}');
});
