import { Age, Nothing } from '@/components/age';
import type { Column } from '@/components/data-table/column';
import { DeviceLink } from '@/components/device-link';
import { StatusBadge } from '@/components/status-badge';
import { GATE_LOOKS } from '@/components/status-looks';
import { Heartbeat } from '@/features/gates/components/heartbeat';
import type { Translate } from '@/lib/i18n/translate';
import { type Gate, GATE_STATUSES, severity } from '@/lib/live/types';

export const GATE_SORTS = [
  'id',
  'status',
  'gateway',
  'lane',
  'side',
  'type',
  'reported',
  'heartbeat',
  'age',
  'ip',
  'message',
];
export const GATE_CARD = ['id status', 'gateway age', 'message reported'];

export function gateColumns(t: Translate): readonly Column<Gate>[] {
  return [
    text('id', t('gates.id'), 'minmax(5.5rem, 0.8fr)', (gate) => gate.id, {
      cell: (gate) => (
        <DeviceLink
          to={`/dashboard/gateways/${encodeURIComponent(gate.gatewayId)}/gates/${encodeURIComponent(gate.id)}`}
          id={gate.id}
        >
          <strong>{gate.id}</strong>
        </DeviceLink>
      ),
    }),
    {
      id: 'status',
      label: t('gates.status'),
      width: '7.5rem',
      cardEnd: true,
      sortValue: (gate) => severity(GATE_STATUSES, gate.status),
      cell: (gate) => <StatusBadge status={gate.status} looks={GATE_LOOKS} />,
    },
    text('reported', t('gates.reported'), '5.75rem', reportedWhenDifferent, {
      hint: t('gates.reportedHint'),
      cardEnd: true,
      cardLabel: true,
      showFrom: 700,
      cell: (gate) => reportedLabel(reportedWhenDifferent(gate), t),
    }),
    text('gateway', t('gates.gateway'), 'minmax(5.5rem, 1fr)', (gate) => gate.gatewayId),
    {
      id: 'heartbeat',
      label: t('gates.heartbeat'),
      hint: t('gates.heartbeatHint'),
      width: 'minmax(7.5rem, 0.7fr)',
      sortValue: (gate) => gate.lastHeartbeat,
      cell: (gate) => <Heartbeat gate={gate} />,
    },
    {
      id: 'age',
      label: t('gates.age'),
      hint: t('gates.ageHint'),
      width: '5.75rem',
      cardEnd: true,
      // the youngest first, as ages go, although its time is the latest
      sortValue: (gate) => (gate.lastSeen === null ? null : -Date.parse(gate.lastSeen)),
      cell: (gate) => <Age at={gate.lastSeen} />,
    },
    text('lane', t('gates.lane'), '4rem', (gate) => gate.gateId, { showFrom: 1150 }),
    text('side', t('gates.side'), '3.5rem', (gate) => gate.side, {
      cell: (gate) => side(gate.side, t),
      showFrom: 860,
    }),
    text('type', t('gates.type'), 'minmax(6rem, 0.7fr)', (gate) => gate.type, { showFrom: 960 }),
    text('ip', t('gates.ip'), '8rem', (gate) => gate.ip, { showFrom: 1300 }),
    text('message', t('gates.message'), 'minmax(7rem, 2fr)', (gate) => gate.message, { showFrom: 780 }),
  ];
}

function text(
  id: string,
  label: string,
  width: string,
  value: (gate: Gate) => string | null,
  more: Partial<Column<Gate>> = {},
): Column<Gate> {
  return {
    id,
    label,
    width,
    sortValue: value,
    cell: (gate) => {
      const shown = value(gate);
      return shown === null || shown === '' ? <Nothing /> : <span title={shown}>{shown}</span>;
    },
    ...more,
  };
}

function reportedWhenDifferent(gate: Gate): string | null {
  return gate.reportedStatus === gate.status ? null : gate.reportedStatus;
}

function reportedLabel(status: string | null, t: Translate) {
  const look = status === null ? undefined : GATE_LOOKS[status];
  return look ? t(look.label) : status;
}

function side(value: string | null, t: Translate) {
  return value === 'north' || value === 'south' ? t(`gates.side.${value}`) : (value ?? <Nothing />);
}
