export type SortDirection = 'asc' | 'desc';

/** What a row is sorted by: numbers by size, text by natural order (`G2` before `G10`), null always last. */
export type SortValue = string | number | null;

/** Sorts into a new array; rows that are equal keep their order. */
export function sortRows<T>(rows: readonly T[], value: (row: T) => SortValue, direction: SortDirection): T[] {
  const sign = direction === 'asc' ? 1 : -1;
  return rows
    .map((row) => ({ row, key: comparable(value(row)) }))
    .sort((a, b) =>
      a.key === null || b.key === null ? nullsLast(a.key, b.key) : sign * compare(a.key, b.key),
    )
    .map(({ row }) => row);
}

/** Natural order as one text a row, because a collator asked n·log n times is too slow for thousands of live rows. */
function comparable(value: SortValue): SortValue {
  return typeof value === 'string'
    ? value.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
    : value;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nullsLast(a: SortValue, b: SortValue): number {
  return Number(a === null) - Number(b === null);
}
