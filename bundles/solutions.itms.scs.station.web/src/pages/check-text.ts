import { translateIfKnown, type Translate, type Values } from '@/i18n/translate';
import { bytes } from '@/lib/bytes';
import { dateTime } from '@/lib/time';
import type { CheckRow, Fact } from '@/lib/types';

/** Who confirms each item, as section 8 of the station's document has it. */
export const OWNERS: Record<string, string> = {
  B1: 'Ops',
  B2: 'NetSec',
  B3: 'NetSec',
  B4: 'Ops',
  B5: 'NetOps',
  B6: 'Ops',
  B7: 'Ops',
  B8: 'SecOps',
  B9: 'BEM',
  B10: 'PMO',
};

export function factText(t: Translate, fact: Fact, zone: string): string {
  return translateIfKnown(
    t,
    `fact.${fact.code}`,
    `${fact.code} ${JSON.stringify(fact.values)}`,
    valuesOf(t, fact, zone),
  );
}

function valuesOf(t: Translate, fact: Fact, zone: string): Values {
  const shown: Values = {};
  for (const [name, value] of Object.entries(fact.values)) {
    if (Array.isArray(value)) {
      const texts = fact.code === 'operations' ? value.map((text) => operationText(t, text)) : value;
      shown[name] = texts.join(name === 'lines' ? '\n' : ', ');
    } else if (fact.code === 'files' && (name === 'bytes' || name === 'max')) {
      shown[name] = bytes(Number(value));
    } else if (name === 'at') {
      shown[name] = dateTime(Number(value), zone);
    } else if (name === 'offsetMinutes') {
      shown['offset'] = offsetText(Number(value));
    } else if (name === 'production') {
      shown['environment'] = t(
        value === true ? 'fact.environment.production' : 'fact.environment.development',
      );
    } else {
      shown[name] = typeof value === 'number' ? value : String(value);
    }
  }
  return shown;
}

const operationText = (t: Translate, text: string): string =>
  `${text} (${translateIfKnown(t, `operation.${text}`, text)})`;

function offsetText(minutes: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** The table as people sign it, for a spreadsheet. */
export function csvOf(t: Translate, rows: CheckRow[], zone: string): string {
  const head = [
    '#',
    'check.item',
    'check.state',
    'check.found',
    'check.owner',
    'check.due',
    'check.accepted',
    'check.notes',
  ];
  const lines = rows.map((row) => [
    row.id.slice(1),
    translateIfKnown(t, `check.${row.id}`, row.id),
    translateIfKnown(t, `check.state.${row.state}`, row.state),
    row.facts.map((fact) => factText(t, fact, zone)).join('\n'),
    OWNERS[row.id] ?? '',
    '',
    '',
    '',
  ]);
  return [head.map((key) => translateIfKnown(t, key, key)), ...lines]
    .map((cells) => cells.map(cell).join(','))
    .join('\r\n');
}

/** A text that begins like a formula would be computed by a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
