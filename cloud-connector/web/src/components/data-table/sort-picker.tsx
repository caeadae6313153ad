import { ActionIcon, Group, NativeSelect } from '@mantine/core';
import type { Column, Sort } from '@/components/data-table/column';
import classes from '@/components/data-table/data-table.module.css';
import { Icon } from '@/components/icon';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props<T> = {
  readonly columns: readonly Column<T>[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
};

/** What the column headers are to a wide table, for one that is shown as cards. */
export function SortPicker<T>({ columns, sort, onSort }: Props<T>) {
  const { t } = useI18n();
  const ascending = sort.direction === 'asc';
  return (
    <Group gap={4} wrap="nowrap" className={classes.sortPicker}>
      <NativeSelect
        size="xs"
        flex={1}
        aria-label={t('table.sortBy')}
        value={sort.column}
        onChange={(event) => {
          onSort({ ...sort, column: event.currentTarget.value });
        }}
        data={columns
          .filter((column) => column.sortValue)
          .map((column) => ({ value: column.id, label: `${t('table.sortBy')}: ${column.label}` }))}
      />
      <ActionIcon
        variant="default"
        size={30}
        aria-label={t(ascending ? 'table.sortAscending' : 'table.sortDescending')}
        onClick={() => {
          onSort({ ...sort, direction: ascending ? 'desc' : 'asc' });
        }}
      >
        <Icon name={ascending ? 'up' : 'down'} />
      </ActionIcon>
    </Group>
  );
}
