import { useDeferredValue, useMemo } from 'react';
import type { Column } from '@/components/data-table/column';
import { countBy } from '@/lib/count-by';
import { matchQuery, matchStatus } from '@/lib/filter-rows';
import { sortRows } from '@/lib/sort-rows';
import type { TableView } from '@/lib/use-table-view';

/** The rows to show, and how many of each status the search alone leaves, which is what the status filter tells. */
export function useShownRows<T extends { readonly status: string }>(
  rows: readonly T[],
  view: TableView,
  columns: readonly Column<T>[],
  textOf: (row: T) => readonly (string | null)[],
) {
  const query = useDeferredValue(view.query);
  const found = useMemo(() => matchQuery(rows, query, textOf), [rows, query, textOf]);
  const counts = useMemo(() => countBy(found, (row) => row.status), [found]);
  const shown = useMemo(() => {
    const sortValue = columns.find((column) => column.id === view.sort.column)?.sortValue;
    const matching = matchStatus(found, view.status);
    return sortValue ? sortRows(matching, sortValue, view.sort.direction) : matching;
  }, [found, columns, view.status, view.sort]);
  return { shown, counts, found: found.length };
}
