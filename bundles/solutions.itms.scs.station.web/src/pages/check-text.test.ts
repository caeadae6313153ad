import { expect, test } from 'vitest';
import { translator } from '@/i18n/translate';
import { csvOf, factText } from './check-text';

const t = translator('en');

test('facts are said in words', () => {
  const days = { code: 'days', values: { days: 30, wanted: 14 } };
  expect(factText(t, days, 'UTC')).toBe('Logs are kept for 30 days (14 or more are asked for)');
  const zone = { code: 'zone', values: { zone: 'Asia/Bangkok', offsetMinutes: 420 } };
  expect(factText(t, zone, 'UTC')).toBe('Logs are in Asia/Bangkok, now +07:00');
  expect(factText(translator('th'), zone, 'UTC')).toContain('Asia/Bangkok');
});

test('a fact that this screen does not know is shown all the same', () => {
  expect(factText(t, { code: 'new', values: { n: 1 } }, 'UTC')).toBe('new {"n":1}');
});

test('no cell of the spreadsheet is a formula, and quotes are kept', () => {
  const csv = csvOf(
    t,
    [{ id: 'B1', state: 'attention', facts: [{ code: '=cmd', values: { names: ['"x"'] } }] }],
    'UTC',
  );
  expect(csv.split('\r\n')[1]).toBe(
    '"1","IP plan","Look at this","\'=cmd {""names"":[""\\""x\\""""]}","Ops","","",""',
  );
});
