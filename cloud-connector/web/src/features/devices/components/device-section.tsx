import { Center, Loader } from '@mantine/core';
import { useMemo } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { DataTable } from '@/components/data-table/data-table';
import { useShownRows } from '@/components/data-table/use-shown-rows';
import { EmptyState } from '@/components/empty-state';
import { NoMatch } from '@/components/no-match';
import { TableSection } from '@/components/table-section';
import { type Device, useDevices } from '@/features/devices/api';
import {
  CAMERA_CARD,
  DEVICE_CARD,
  DEVICE_SORTS,
  deviceColumns,
} from '@/features/devices/components/device-columns';
import {
  DEVICE_KINDS,
  DEVICE_LOOKS,
  DEVICE_STATUSES,
  type DeviceKind,
} from '@/features/devices/device-looks';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useMinute } from '@/lib/time/use-minute';
import { useTableView } from '@/lib/use-table-view';

const keyOf = (device: Device) => `${device.gatewayId} ${device.id}`;
const testIdOf = (device: Device) => `device-${device.id}`;
const textOf = (device: Device) => [
  device.id,
  device.name,
  device.gatewayId,
  device.manufacturer,
  device.model,
  device.firmware,
  device.address,
];
const NONE: readonly Device[] = [];
const PICTURE_EVERY_MS = 60_000;

/** All devices of a kind, wherever they are. */
export function DeviceSection({ kind }: { kind: DeviceKind }) {
  const { t } = useI18n();
  const devices = useDevices(kind);
  const view = useTableView('devices', DEVICE_SORTS);
  const turn = Math.floor(useMinute() / PICTURE_EVERY_MS);
  const columns = useMemo(() => deviceColumns(t, { kind, turn }), [t, kind, turn]);
  const rows = devices.data ?? NONE;
  const { shown, counts, found } = useShownRows(rows, view, columns, textOf);

  if (devices.error instanceof Unavailable && !devices.data) {
    return <ApiProblem error={devices.error.reason} />;
  }
  if (!devices.data) {
    return (
      <Center p="lg">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  return (
    <TableSection
      title={t(DEVICE_KINDS[kind].title)}
      searchLabel={t('devices.search')}
      view={view}
      statuses={DEVICE_STATUSES}
      looks={DEVICE_LOOKS}
      counts={counts}
      found={found}
      shown={shown.length}
      total={rows.length}
      grows
    >
      {rows.length === 0 ? (
        <EmptyState text={t(DEVICE_KINDS[kind].none)} />
      ) : (
        <DataTable
          label={t(DEVICE_KINDS[kind].title)}
          columns={columns}
          rows={shown}
          rowKey={keyOf}
          rowTestId={testIdOf}
          sort={view.sort}
          onSort={view.setSort}
          cardAreas={kind === 'CAMERA' ? CAMERA_CARD : DEVICE_CARD}
          cardPx={62}
          stale={devices.isError}
          empty={<NoMatch text={t('devices.noMatch')} onClear={view.clear} />}
        />
      )}
    </TableSection>
  );
}
