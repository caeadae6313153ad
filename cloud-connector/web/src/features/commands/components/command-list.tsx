import { Button, Center, Loader, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/empty-state';
import { type CommandFilter, useCommands, useRegistry } from '@/features/commands/api/queries';
import type { Command } from '@/features/commands/api/types';
import { ApiProblem } from '@/components/api-problem';
import { COMMAND_CARD, commandColumns } from '@/features/commands/components/command-columns';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useConnection } from '@/lib/live/use-live';
import { useTableFilter } from '@/lib/use-table-view';

type Props = {
  readonly label: string;
  readonly filter: CommandFilter;
  readonly emptyText: string;
};

const keyOf = (command: Command) => command.id;
const testIdOf = (command: Command) => `command-${command.id}`;
const NEWEST_FIRST = { column: 'number', direction: 'desc' } as const;
const KEEP_ORDER = () => undefined;

/** Commands that fit, newest first, live. */
export function CommandList({ label, filter, emptyText }: Props) {
  const { t, language } = useI18n();
  const navigate = useNavigate();
  const commands = useCommands(filter);
  const registry = useRegistry();
  const connection = useConnection();
  const columns = useMemo(() => {
    const titles = new Map(registry.data?.commands.map((type) => [type.type, type.title]));
    return commandColumns(
      t,
      (type) => titles.get(type)?.[language] ?? titles.get(type)?.en ?? type,
      (id) => {
        void navigate(`/dashboard/commands/${encodeURIComponent(id)}`);
      },
    );
  }, [t, language, registry.data, navigate]);
  const rows = useMemo(() => commands.data?.pages.flatMap((page) => page.items) ?? [], [commands.data]);

  if (commands.error instanceof Unavailable) {
    return <ApiProblem error={commands.error.reason} />;
  }
  if (!commands.data) {
    return (
      <Center p="lg">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowTestId={testIdOf}
        sort={NEWEST_FIRST}
        onSort={KEEP_ORDER}
        cardAreas={COMMAND_CARD}
        cardPx={80}
        stale={connection.state !== 'live'}
        empty={<EmptyState text={emptyText} />}
      />
      {commands.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          m="xs"
          loading={commands.isFetchingNextPage}
          onClick={() => void commands.fetchNextPage()}
        >
          {t('command.more')}
        </Button>
      )}
    </>
  );
}

/** Which states a list shows, kept in the address. */
export function useStateFilter() {
  const [shown, show] = useTableFilter('commands', 'state');
  return [shown ?? 'all', show] as const;
}

const CHOICES = {
  all: 'command.filter.all',
  open: 'command.filter.open',
  PENDING_APPROVAL: 'command.filter.approval',
  'FAILED,REJECTED,TIMEOUT,EXPIRED': 'command.filter.failed',
} as const;

export function StateFilter({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string | null) => void;
}) {
  const { t } = useI18n();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('command.filter.label')}
      value={value}
      data={Object.entries(CHOICES).map(([state, key]) => ({ value: state, label: t(key) }))}
      onChange={(chosen) => {
        onChange(chosen === 'all' ? null : chosen);
      }}
    />
  );
}
