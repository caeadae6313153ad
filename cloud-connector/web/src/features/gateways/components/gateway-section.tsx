import { useMemo } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useShownRows } from '@/components/data-table/use-shown-rows';
import { NoMatch } from '@/components/no-match';
import { GATEWAY_LOOKS } from '@/components/status-looks';
import { TableSection } from '@/components/table-section';
import { GATEWAY_CARD, GATEWAY_SORTS, gatewayColumns } from '@/features/gateways/components/gateway-columns';
import { NoGateway } from '@/features/gateways/components/no-gateway';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useConnection, useGateways } from '@/lib/live/use-live';
import { type Gateway, GATEWAY_STATUSES } from '@/lib/live/types';
import { useTableView } from '@/lib/use-table-view';

const keyOf = (gateway: Gateway) => gateway.id;
const testIdOf = (gateway: Gateway) => `gateway-${gateway.id}`;
const textOf = (gateway: Gateway) => [gateway.id, gateway.account];

/** Every gateway, live. */
export function GatewaySection({ onShowGates }: { onShowGates: (gatewayId: string) => void }) {
  const { t } = useI18n();
  const gateways = useGateways();
  const connection = useConnection();
  const view = useTableView('gateways', GATEWAY_SORTS);
  const columns = useMemo(() => gatewayColumns(t, onShowGates), [t, onShowGates]);
  const { shown, counts, found } = useShownRows(gateways, view, columns, textOf);

  return (
    <TableSection
      title={t('gateways.title')}
      searchLabel={t('gateways.search')}
      view={view}
      statuses={GATEWAY_STATUSES}
      looks={GATEWAY_LOOKS}
      counts={counts}
      found={found}
      shown={shown.length}
      total={gateways.length}
    >
      {gateways.length === 0 ? (
        <NoGateway />
      ) : (
        <DataTable
          label={t('gateways.title')}
          columns={columns}
          rows={shown}
          rowKey={keyOf}
          rowTestId={testIdOf}
          sort={view.sort}
          onSort={view.setSort}
          cardAreas={GATEWAY_CARD}
          cardPx={80}
          stale={connection.state !== 'live'}
          empty={<NoMatch text={t('gateways.noMatch')} onClear={view.clear} />}
        />
      )}
    </TableSection>
  );
}
