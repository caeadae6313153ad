import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { SearchBox } from '@/components/search-box';
import { StatusFilter } from '@/components/status-filter';
import type { StatusLooks } from '@/components/status-looks';
import classes from '@/components/table-section.module.css';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatCount } from '@/lib/time/format-time';
import type { useTableView } from '@/lib/use-table-view';

type Props = {
  readonly title: string;
  readonly searchLabel: string;
  readonly view: ReturnType<typeof useTableView>;
  readonly statuses: readonly string[];
  readonly looks: StatusLooks;
  readonly counts: ReadonlyMap<string, number>;
  /** Rows that the search leaves, those to be shown, and all. */
  readonly found: number;
  readonly shown: number;
  readonly total: number;
  /** More filters, beside the search box. */
  readonly filters?: ReactNode;
  /** Whether it takes the height that the others leave. */
  readonly grows?: boolean;
  readonly children: ReactNode;
};

/** A table with its title and filters. Without any row at all there is nothing to filter. */
export function TableSection(props: Props) {
  const { title, searchLabel, view, statuses, looks, counts, found, shown, total, filters, grows, children } =
    props;
  const { t, language } = useI18n();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={classes.section} data-grows={grows}>
      <Group gap="xs" px="sm" py={6} className={classes.toolbar}>
        <Title order={2} size="h5" id={titleId}>
          {title}
        </Title>
        {total > 0 && (
          <>
            <Text size="xs" c="var(--console-text-3)" aria-live="polite">
              {shown < total &&
                t('table.shown', {
                  shown: formatCount(shown, language),
                  total: formatCount(total, language),
                })}
            </Text>
            <StatusFilter
              statuses={statuses}
              looks={looks}
              counts={counts}
              total={found}
              value={view.status}
              onChange={view.setStatus}
            />
            <Group gap="xs" ml={{ base: 0, md: 'auto' }} w={{ base: '100%', xs: 'auto' }}>
              {filters}
              <SearchBox label={searchLabel} value={view.query} onChange={view.setQuery} />
            </Group>
          </>
        )}
      </Group>
      {children}
    </section>
  );
}
