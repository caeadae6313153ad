import { describe, expect, test } from 'vitest';
import { matchQuery, matchStatus } from '@/lib/filter-rows';
import { sortRows } from '@/lib/sort-rows';

const ids = ['G10-1', 'g2-10', 'G2-9', 'G1-1'];

describe('sorting', () => {
  test('puts text in natural order, whatever its case', () => {
    expect(sortRows(ids, (id) => id, 'asc')).toEqual(['G1-1', 'G2-9', 'g2-10', 'G10-1']);
    expect(sortRows(ids, (id) => id, 'desc')).toEqual(['G10-1', 'g2-10', 'G2-9', 'G1-1']);
  });

  test('puts what is not known last in both directions', () => {
    const values = [3, null, 1, null, 2];
    expect(sortRows(values, (value) => value, 'asc')).toEqual([1, 2, 3, null, null]);
    expect(sortRows(values, (value) => value, 'desc')).toEqual([3, 2, 1, null, null]);
  });

  test('keeps the order of rows that are equal', () => {
    const rows = [
      { k: 1, n: 'a' },
      { k: 0, n: 'b' },
      { k: 1, n: 'c' },
    ];
    expect(sortRows(rows, (row) => row.k, 'desc').map((row) => row.n)).toEqual(['a', 'c', 'b']);
  });
});

describe('filtering', () => {
  const rows = [
    { id: 'G1-01', status: 'online', message: 'Reader OK' },
    { id: 'G1-02', status: 'fault', message: null },
  ];
  const textOf = (row: (typeof rows)[number]) => [row.id, row.message];

  test('wants every word, in any order and case', () => {
    expect(matchQuery(rows, ' ok g1 ', textOf)).toEqual([rows[0]]);
    expect(matchQuery(rows, 'ok fault', textOf)).toEqual([]);
  });

  test('does nothing without a word', () => {
    expect(matchQuery(rows, '  ', textOf)).toBe(rows);
  });

  test('keeps one status', () => {
    expect(matchStatus(rows, 'fault')).toEqual([rows[1]]);
    expect(matchStatus(rows, null)).toBe(rows);
  });
});
