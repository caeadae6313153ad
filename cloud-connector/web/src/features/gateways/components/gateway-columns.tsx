import { Anchor } from '@mantine/core';
import { Age } from '@/components/age';
import type { Column } from '@/components/data-table/column';
import { DeviceLink } from '@/components/device-link';
import { Moment } from '@/components/moment';
import { StatusBadge } from '@/components/status-badge';
import { GATEWAY_LOOKS } from '@/components/status-looks';
import { Tally } from '@/features/gateways/components/tally';
import type { Translate } from '@/lib/i18n/translate';
import { type Gateway, GATEWAY_STATUSES, severity } from '@/lib/live/types';

export const GATEWAY_SORTS = [
  'id',
  'status',
  'lastSeen',
  'connectedSince',
  'gates',
  'received',
  'duplicates',
  'gaps',
];
export const GATEWAY_CARD = ['id status', 'lastSeen gates', 'received gaps'];

export function gatewayColumns(
  t: Translate,
  onShowGates: (gatewayId: string) => void,
): readonly Column<Gateway>[] {
  return [
    {
      id: 'id',
      label: t('gateways.id'),
      width: 'minmax(6.5rem, 1.4fr)',
      sortValue: (gateway) => gateway.id,
      cell: (gateway) => (
        <DeviceLink to={`/dashboard/gateways/${encodeURIComponent(gateway.id)}`} id={gateway.id}>
          <strong title={`${gateway.account}/${gateway.id}`}>{gateway.id}</strong>
        </DeviceLink>
      ),
    },
    {
      id: 'status',
      label: t('gateways.status'),
      width: '9rem',
      cardEnd: true,
      sortValue: (gateway) => severity(GATEWAY_STATUSES, gateway.status),
      cell: (gateway) => <StatusBadge status={gateway.status} looks={GATEWAY_LOOKS} />,
    },
    {
      id: 'lastSeen',
      label: t('gateways.lastSeen'),
      hint: t('gateways.lastSeenHint'),
      width: 'minmax(7.5rem, 1fr)',
      sortValue: (gateway) => gateway.lastSeen,
      cell: (gateway) => <Age at={gateway.lastSeen} ago />,
    },
    {
      id: 'connectedSince',
      label: t('gateways.connectedSince'),
      width: 'minmax(7.5rem, 1fr)',
      showFrom: 760,
      sortValue: (gateway) => gateway.connectedSince,
      cell: (gateway) => <Moment at={gateway.connectedSince} />,
    },
    {
      id: 'gates',
      label: t('gateways.gates'),
      width: '4.5rem',
      align: 'end',
      cardEnd: true,
      cardLabel: true,
      sortValue: (gateway) => gateway.gates,
      cell: (gateway) => (
        <Anchor
          component="button"
          inherit
          title={t('gateways.showGates', { id: gateway.id })}
          onClick={() => {
            onShowGates(gateway.id);
          }}
        >
          <Tally value={gateway.gates} />
        </Anchor>
      ),
    },
    ...counters(t),
  ];
}

function counters(t: Translate): readonly Column<Gateway>[] {
  const showFrom = { received: 820, duplicates: 920, gaps: 0 };
  return (['received', 'duplicates', 'gaps'] as const).map((id) => ({
    id,
    label: t(`gateways.${id}`),
    hint: t(`gateways.${id}Hint`),
    width: '5.75rem',
    showFrom: showFrom[id],
    align: 'end',
    cardEnd: id === 'gaps',
    cardLabel: true,
    sortValue: (gateway) => gateway[id],
    cell: (gateway) => <Tally value={gateway[id]} alarming={id === 'gaps'} />,
  }));
}
