import { type CSSProperties, memo } from 'react';
import type { Column } from '@/components/data-table/column';
import classes from '@/components/data-table/data-table.module.css';

type Props<T> = {
  readonly row: T;
  readonly columns: readonly Column<T>[];
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly card: boolean;
  readonly testId: string;
};

function Row<T>({ row, columns, index, top, height, card, testId }: Props<T>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={card ? classes.card : classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
      data-testid={testId}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="cell"
          className={classes.cell}
          style={card ? ({ gridArea: column.id } satisfies CSSProperties) : undefined}
          data-align={card ? column.cardEnd && 'end' : column.align}
          data-label={column.cardLabel ? column.label : undefined}
          data-testid={`cell-${column.id}`}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** Drawn again only when its own row, place or columns change: the store keeps every other row's identity. */
export const TableRow = memo(Row) as typeof Row;
