import { Anchor, Button, Center, Loader, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { Nothing } from '@/components/age';
import { ApiProblem } from '@/components/api-problem';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { type AuditRow, useAudit } from '@/features/audit/api/audit';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Translate } from '@/lib/i18n/translate';

const keyOf = (row: AuditRow) => String(row.seq);
const testIdOf = (row: AuditRow) => `audit-${String(row.seq)}`;
const NEWEST_FIRST = { column: 'seq', direction: 'desc' } as const;
const KEEP_ORDER = () => undefined;

/** Who did what, newest first. */
export function AuditTable() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [actor, setActor] = useState('');
  const audit = useAudit(useDeferredValue(actor.trim()));
  const columns = useMemo(
    () =>
      auditColumns(t, (id) => {
        void navigate(`/dashboard/commands/${encodeURIComponent(id)}`);
      }),
    [t, navigate],
  );
  const rows = useMemo(() => audit.data?.pages.flatMap((page) => page.items) ?? [], [audit.data]);

  return (
    <>
      <TextInput
        size="xs"
        m="xs"
        maw="16rem"
        maxLength={128}
        label={t('audit.actor')}
        value={actor}
        onChange={(event) => {
          setActor(event.currentTarget.value);
        }}
      />
      {audit.error instanceof Unavailable ? (
        <ApiProblem error={audit.error.reason} />
      ) : audit.data ? (
        <DataTable
          label={t('audit.title')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          rowTestId={testIdOf}
          sort={NEWEST_FIRST}
          onSort={KEEP_ORDER}
          cardAreas={['at action', 'actor subject', 'reason reason']}
          cardPx={80}
          stale={false}
          empty={<EmptyState text={t('audit.none')} />}
        />
      ) : (
        <Center p="lg">
          <Loader aria-label={t('table.loading')} />
        </Center>
      )}
      {audit.hasNextPage && (
        <Button variant="subtle" size="compact-sm" m="xs" onClick={() => void audit.fetchNextPage()}>
          {t('command.more')}
        </Button>
      )}
    </>
  );
}

function auditColumns(t: Translate, onOpen: (id: string) => void): readonly Column<AuditRow>[] {
  return [
    { id: 'at', label: t('audit.at'), width: '9rem', cell: (row) => <Moment at={row.at} /> },
    { id: 'action', label: t('audit.action'), width: '12rem', cell: (row) => row.action },
    { id: 'actor', label: t('audit.actor'), width: '8rem', cell: (row) => row.actor },
    {
      id: 'subject',
      label: t('audit.subject'),
      width: 'minmax(10rem, 1.5fr)',
      cell: (row) => subject(row, onOpen),
    },
    {
      id: 'move',
      label: t('audit.move'),
      width: 'minmax(9rem, 1fr)',
      showFrom: 700,
      cell: (row) => (row.newState === null ? <Nothing /> : `${row.previousState ?? ''} → ${row.newState}`),
    },
    {
      id: 'reason',
      label: t('audit.reason'),
      width: 'minmax(8rem, 2fr)',
      showFrom: 850,
      cell: (row) => <span title={row.reason ?? ''}>{row.reason}</span>,
    },
  ];
}

function subject({ commandId, type, target }: AuditRow, onOpen: (id: string) => void) {
  const text = [type, target].filter((part) => part !== null).join(' · ');
  return commandId === null ? (
    <span>{text}</span>
  ) : (
    <Anchor
      component="button"
      inherit
      onClick={() => {
        onOpen(commandId);
      }}
    >
      {text}
    </Anchor>
  );
}
