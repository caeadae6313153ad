import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { RowFilter } from '@/lib/filter-rows';
import type { SortDirection } from '@/lib/sort-rows';

export type TableView = RowFilter & {
  readonly sort: { readonly column: string; readonly direction: SortDirection };
};

type Setters = {
  readonly setQuery: (query: string) => void;
  readonly setStatus: (status: string | null) => void;
  readonly setSort: (sort: TableView['sort']) => void;
  /** Takes back every filter of the table and keeps its order. */
  readonly clear: () => void;
};

/**
 * How a table is looked at, kept in the address (`?gates.q=…&gates.status=…&gates.sort=age.desc`), so that a reload, a
 * bookmark and a colleague see the same.
 */
export function useTableView(table: string, sortColumns: readonly string[]): TableView & Setters {
  const [params] = useSearchParams();
  const query = params.get(`${table}.q`) ?? '';
  const status = params.get(`${table}.status`);
  const sortText = params.get(`${table}.sort`) ?? '';

  const set = useSetParams(table);
  const sort = useMemo(() => parseSort(sortText, sortColumns), [sortText, sortColumns]);
  const setters = useMemo<Setters>(
    () => ({
      setQuery: (q) => {
        set({ q });
      },
      setStatus: (chosen) => {
        set({ status: chosen });
      },
      setSort: ({ column, direction }) => {
        set({ sort: `${column}.${direction}` });
      },
      clear: () => {
        set(null);
      },
    }),
    [set],
  );
  return { query, status, sort, ...setters };
}

/** One more filter of the table, beside search and status. */
export function useTableFilter(table: string, name: string) {
  const [params] = useSearchParams();
  const set = useSetParams(table);
  const setValue = useCallback(
    (value: string | null) => {
      set({ [name]: value });
    },
    [set, name],
  );
  return [params.get(`${table}.${name}`), setValue] as const;
}

type Values = Readonly<Record<string, string | null>>;

/** Sets the values given and leaves the others; null in place of values takes back all but the order. */
function useSetParams(table: string) {
  const [, setParams] = useSearchParams();
  return useCallback(
    (values: Values | null) => {
      setParams((before) => withValues(before, table, values), { replace: true, preventScrollReset: true });
    },
    [setParams, table],
  );
}

function withValues(before: URLSearchParams, table: string, values: Values | null): URLSearchParams {
  const after = new URLSearchParams(before);
  if (values === null) {
    [...before.keys()]
      .filter((key) => key.startsWith(`${table}.`) && key !== `${table}.sort`)
      .forEach((key) => {
        after.delete(key);
      });
  }
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value === null || value === '') {
      after.delete(`${table}.${name}`);
    } else {
      after.set(`${table}.${name}`, value);
    }
  }
  return after;
}

/** What anybody may have typed into the address; the first column when it makes no sense. */
function parseSort(text: string, columns: readonly string[]): TableView['sort'] {
  const [column = '', direction] = text.split('.');
  return columns.includes(column)
    ? { column, direction: direction === 'desc' ? 'desc' : 'asc' }
    : { column: columns[0] ?? '', direction: 'asc' };
}
