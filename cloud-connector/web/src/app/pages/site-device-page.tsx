import { Anchor, Center, Group, Loader, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { Age } from '@/components/age';
import { ApiProblem } from '@/components/api-problem';
import { StatusBadge } from '@/components/status-badge';
import type { Target } from '@/features/commands/api/types';
import { CommandList, StateFilter, useStateFilter } from '@/features/commands/components/command-list';
import classes from '@/features/commands/commands.module.css';
import { maySend } from '@/features/commands/rights';
import { SendCommand } from '@/features/commands/send/send-command';
import { useDevice } from '@/features/devices/api';
import { DeviceFacts } from '@/features/devices/components/device-facts';
import { DEVICE_LOOKS, type DeviceKind } from '@/features/devices/device-looks';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** A camera or a recorder: what it is, how it is, what was asked of it, and what can be. */
export function SiteDevicePage({ kind }: { kind: DeviceKind }) {
  const { t } = useI18n();
  const { gatewayId = '', deviceId = '' } = useParams();
  const viewer = useViewer();
  const found = useDevice(gatewayId, deviceId);
  const target = useMemo<Target>(() => ({ gatewayId, id: deviceId, kind }), [gatewayId, deviceId, kind]);
  const [state, choose] = useStateFilter();
  const filter = useMemo(
    () => ({ gateway: gatewayId, target: deviceId, ...(state !== 'all' && { state }) }),
    [gatewayId, deviceId, state],
  );
  useTitle(found.data?.name ?? deviceId);

  if (found.error instanceof Unavailable && !found.data) {
    const { reason } = found.error;
    return reason.kind === 'refused' && reason.status === 404 ? (
      <NotFoundPage />
    ) : (
      <ApiProblem error={reason} />
    );
  }
  const device = found.data;
  if (!device) {
    return (
      <Center h="60dvh">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  return (
    <div className={classes.page}>
      <Group gap="sm">
        <Title order={1} size="h4">
          {device.name ?? device.id}
        </Title>
        <StatusBadge status={device.status} looks={DEVICE_LOOKS} />
        <Text size="sm" c="var(--console-text-2)">
          {t('device.lastSeen')} <Age at={device.lastSeen} ago />
        </Text>
        <Anchor component={Link} to={`/dashboard/gateways/${encodeURIComponent(gatewayId)}`} size="sm">
          {t('device.gateway', { id: gatewayId })}
        </Anchor>
        {maySend(viewer) && <SendCommand target={target} />}
      </Group>
      <section className={classes.panel} aria-label={t('devices.facts')}>
        <DeviceFacts device={device} />
      </section>
      <section className={classes.panel} aria-labelledby="history">
        <Group gap="sm" mb="xs">
          <Title order={2} size="h5" id="history">
            {t('device.commands')}
          </Title>
          <StateFilter value={state} onChange={choose} />
        </Group>
        <CommandList label={t('device.commands')} filter={filter} emptyText={t('device.noCommands')} />
      </section>
    </div>
  );
}
