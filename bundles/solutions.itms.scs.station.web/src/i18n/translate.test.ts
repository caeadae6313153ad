import { expect, test } from 'vitest';
import { AISLE_MODES, OPERATIONS, STATUSES } from '@/lib/types';
import { en } from './en';
import { th } from './th';
import { translateIfKnown, translator } from './translate';

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('both languages have all texts, with the same places for values', () => {
  expect(Object.keys(th)).toEqual(Object.keys(en));
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(th[key], key).not.toBe('');
    expect(places(th[key]), key).toEqual(places(en[key]));
  }
});

test('A3 the labels of the aisle modes are those of the document, and there are Thai ones', () => {
  expect(AISLE_MODES.map((mode) => translator('en')(`aisle.${mode}`))).toEqual([
    '0 — Normally closed, no flap restriction',
    '1 — Normally open',
    '2 — Normally closed, left flap only',
    '3 — Normally closed, right flap only',
  ]);
  expect(AISLE_MODES.every((mode) => /^\d — [\u0e00-\u0e7f]/.test(translator('th')(`aisle.${mode}`)))).toBe(
    true,
  );
});

test('every status and operation has a label', () => {
  for (const language of ['en', 'th'] as const) {
    const t = translator(language);
    expect(STATUSES.every((status) => t(`status.${status}`) !== '')).toBe(true);
    expect(OPERATIONS.every((operation) => t(`operation.${operation}`) && t(`short.${operation}`))).toBe(
      true,
    );
  }
});

test('what the station says and the screen does not know is shown as it is', () => {
  expect(translateIfKnown(translator('th'), 'alarm.something_new', 'something_new')).toBe('something_new');
});
