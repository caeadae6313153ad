import { useMemo } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useShownRows } from '@/components/data-table/use-shown-rows';
import { NoMatch } from '@/components/no-match';
import { GATE_LOOKS } from '@/components/status-looks';
import { TableSection } from '@/components/table-section';
import { GATE_CARD, GATE_SORTS, gateColumns } from '@/features/gates/components/gate-columns';
import { GatewayPill } from '@/features/gates/components/gateway-pill';
import { NoGate } from '@/features/gates/components/no-gate';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useConnection, useGates } from '@/lib/live/use-live';
import { type Gate, gateKey, GATE_STATUSES } from '@/lib/live/types';
import { useTableFilter, useTableView } from '@/lib/use-table-view';

const testIdOf = (gate: Gate) => `gate-${gate.gatewayId}-${gate.id}`;
const textOf = (gate: Gate) => [
  gate.id,
  gate.gatewayId,
  gate.gateId,
  gate.side,
  gate.type,
  gate.ip,
  gate.message,
];

/** Every gate, live, or those of one gateway. */
export function GateSection() {
  const { t } = useI18n();
  const all = useGates();
  const connection = useConnection();
  const view = useTableView('gates', GATE_SORTS);
  const [gatewayId, setGatewayId] = useTableFilter('gates', 'gateway');
  const columns = useMemo(() => gateColumns(t), [t]);
  const gates = useMemo(
    () => (gatewayId === null ? all : all.filter((gate) => gate.gatewayId === gatewayId)),
    [all, gatewayId],
  );
  const { shown, counts, found } = useShownRows(gates, view, columns, textOf);

  return (
    <TableSection
      grows
      title={t('gates.title')}
      searchLabel={t('gates.search')}
      view={view}
      statuses={GATE_STATUSES}
      looks={GATE_LOOKS}
      counts={counts}
      found={found}
      shown={shown.length}
      total={all.length}
      filters={
        gatewayId !== null && (
          <GatewayPill
            gatewayId={gatewayId}
            onClear={() => {
              setGatewayId(null);
            }}
          />
        )
      }
    >
      {all.length === 0 ? (
        <NoGate />
      ) : (
        <DataTable
          label={t('gates.title')}
          columns={columns}
          rows={shown}
          rowKey={gateKey}
          rowTestId={testIdOf}
          sort={view.sort}
          onSort={view.setSort}
          cardAreas={GATE_CARD}
          cardPx={80}
          stale={connection.state !== 'live'}
          empty={<NoMatch text={t('gates.noMatch')} onClear={view.clear} />}
        />
      )}
    </TableSection>
  );
}
