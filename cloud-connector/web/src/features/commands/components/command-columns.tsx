import { Anchor } from '@mantine/core';
import { Age } from '@/components/age';
import type { Column } from '@/components/data-table/column';
import { StatusBadge } from '@/components/status-badge';
import type { Command } from '@/features/commands/api/types';
import { COMMAND_LOOKS } from '@/features/commands/command-looks';
import type { Translate } from '@/lib/i18n/translate';

export const COMMAND_CARD = ['type state', 'target createdAt', 'outcome outcome'];

export function commandColumns(
  t: Translate,
  titleOf: (type: string) => string,
  onOpen: (id: string) => void,
): readonly Column<Command>[] {
  return [
    {
      id: 'type',
      label: t('command.type'),
      width: 'minmax(9rem, 1.5fr)',
      cell: (command) => (
        <Anchor
          component="button"
          inherit
          truncate
          title={command.type}
          onClick={() => {
            onOpen(command.id);
          }}
        >
          {titleOf(command.type)}
        </Anchor>
      ),
    },
    {
      id: 'state',
      label: t('command.state'),
      width: '10.5rem',
      cardEnd: true,
      cell: (command) => <StatusBadge status={command.state} looks={COMMAND_LOOKS} />,
    },
    {
      id: 'target',
      label: t('command.target'),
      width: 'minmax(7rem, 1fr)',
      cell: (command) => (
        <span title={`${command.gatewayId} / ${command.target}`}>
          {command.target === command.gatewayId ? command.target : `${command.gatewayId} / ${command.target}`}
        </span>
      ),
    },
    {
      id: 'requestedBy',
      label: t('command.requestedBy'),
      width: '8rem',
      showFrom: 760,
      cell: (command) => <span title={command.requestedBy}>{command.requestedBy}</span>,
    },
    {
      id: 'createdAt',
      label: t('command.createdAt'),
      width: '7.5rem',
      cardEnd: true,
      cell: (command) => <Age at={command.createdAt} ago />,
    },
    {
      id: 'outcome',
      label: t('command.outcome'),
      width: 'minmax(8rem, 2fr)',
      showFrom: 900,
      cell: (command) => {
        const text = outcome(command);
        return <span title={text}>{text}</span>;
      },
    },
  ];
}

function outcome({ error, progress, final }: Command): string {
  if (error) {
    return `${error.code}${error.message === null ? '' : `: ${error.message}`}`;
  }
  return !final && progress ? `${String(progress.percent)} % ${progress.text ?? ''}` : '';
}
