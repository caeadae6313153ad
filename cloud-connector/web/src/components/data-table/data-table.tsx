import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Column, Sort } from '@/components/data-table/column';
import classes from '@/components/data-table/data-table.module.css';
import { SortPicker } from '@/components/data-table/sort-picker';
import { TableHeader } from '@/components/data-table/table-header';
import { TableRow } from '@/components/data-table/table-row';
import { useWidth } from '@/lib/use-width';

const ROW_PX = 34;
/** Narrower than this, rows are shown as cards. */
const CARDS_BELOW_PX = 600;
/** So many rows cost nothing, and the browser's own search finds them all. */
const ALL_ROWS = 100;

type Props<T> = {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** In the order to be shown. */
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly rowTestId: (row: T) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Lines of a card, as in CSS `grid-template-areas`, made of column ids; a column that is not in it is not shown. */
  readonly cardAreas: readonly string[];
  readonly cardPx: number;
  /** Whether what is shown may be old. */
  readonly stale: boolean;
  /** What to show when there is no row. */
  readonly empty: ReactNode;
};

/** A table that draws only the rows in sight. It scrolls inside its own box, which its parent may limit in height. */
export function DataTable<T>(props: Props<T>) {
  const { label, columns, rows, rowKey, rowTestId, sort, onSort, cardAreas, cardPx, stale, empty } = props;
  const [box, width] = useWidth();
  const scroller = useRef<HTMLDivElement>(null);
  const card = width > 0 && width < CARDS_BELOW_PX;
  const height = card ? cardPx : ROW_PX;

  // It can't be memoised by the compiler, which this project doesn't use.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: rows.length <= ALL_ROWS ? ALL_ROWS : 12,
    getItemKey: useCallback((index: number) => keyAt(rows, index, rowKey), [rows, rowKey]),
  });
  useLayoutEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  const shown = useMemo(
    () => columns.filter((column) => (card ? inCard(cardAreas, column.id) : (column.showFrom ?? 0) <= width)),
    [columns, card, cardAreas, width],
  );

  return (
    <div ref={box} className={classes.box} data-stale={stale || undefined}>
      {card && <SortPicker columns={columns} sort={sort} onSort={onSort} />}
      <div
        ref={scroller}
        className={classes.scroller}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be in reach of the arrow keys
        tabIndex={0}
        style={
          {
            '--columns': shown.map((column) => column.width).join(' '),
            '--card-areas': cardAreas.map((line) => `"${line}"`).join(' '),
          } as CSSProperties
        }
      >
        <div role="table" aria-label={label} aria-rowcount={rows.length + 1}>
          {!card && <TableHeader columns={shown} sort={sort} onSort={onSort} />}
          <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const row = rows[index];
              return (
                row !== undefined && (
                  <TableRow
                    key={key}
                    row={row}
                    columns={shown}
                    index={index}
                    top={start}
                    height={height}
                    card={card}
                    testId={rowTestId(row)}
                  />
                )
              );
            })}
          </div>
        </div>
        {rows.length === 0 && empty}
      </div>
    </div>
  );
}

function keyAt<T>(rows: readonly T[], index: number, rowKey: (row: T) => string): string | number {
  const row = rows[index];
  return row === undefined ? index : rowKey(row);
}

function inCard(areas: readonly string[], column: string): boolean {
  return areas.some((line) => line.split(' ').includes(column));
}
