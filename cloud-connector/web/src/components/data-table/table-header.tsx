import { Tooltip, UnstyledButton } from '@mantine/core';
import { type Column, nextSort, type Sort } from '@/components/data-table/column';
import classes from '@/components/data-table/data-table.module.css';
import { Icon } from '@/components/icon';

type Props<T> = {
  readonly columns: readonly Column<T>[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
};

export function TableHeader<T>({ columns, sort, onSort }: Props<T>) {
  return (
    <div role="rowgroup" className={classes.header}>
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

function HeaderCell<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const sorted = sort.column === column.id ? sort.direction : null;
  const label = <span className={classes.headerLabel}>{column.label}</span>;
  return (
    <div
      role="columnheader"
      className={classes.headerCell}
      data-align={column.align}
      aria-sort={sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      <Tooltip
        label={column.hint}
        disabled={column.hint === undefined}
        multiline
        maw={280}
        events={{ hover: true, focus: true, touch: false }}
      >
        {column.sortValue ? (
          <UnstyledButton
            className={classes.sortButton}
            onClick={() => {
              onSort(nextSort(sort, column.id));
            }}
          >
            {label}
            <span className={classes.sortMark} data-on={sorted !== null || undefined}>
              <Icon name={sorted === 'desc' ? 'down' : 'up'} size={14} />
            </span>
          </UnstyledButton>
        ) : (
          label
        )}
      </Tooltip>
    </div>
  );
}
