import type { ReactNode } from 'react';
import type { SortDirection, SortValue } from '@/lib/sort-rows';

export type Column<T> = {
  readonly id: string;
  readonly label: string;
  /** What it means, for a tooltip on the header. */
  readonly hint?: string;
  /** Grid track in a wide table, such as `8rem` or `minmax(8rem, 1fr)`. */
  readonly width: string;
  readonly align?: 'end';
  /** Whether it stands at the end of its line in a card. */
  readonly cardEnd?: boolean;
  /** Whether a card says the label before the value. */
  readonly cardLabel?: boolean;
  /** Width of the table in px from which the column is shown; always when absent. */
  readonly showFrom?: number;
  readonly sortValue?: (row: T) => SortValue;
  readonly cell: (row: T) => ReactNode;
};

export type Sort = { readonly column: string; readonly direction: SortDirection };

/** Another press on the same column turns the direction. */
export function nextSort(sort: Sort, column: string): Sort {
  const turned = sort.column === column && sort.direction === 'asc';
  return { column, direction: turned ? 'desc' : 'asc' };
}
