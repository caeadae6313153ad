import { Anchor, Center, Group, Loader, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { Age } from '@/components/age';
import { StatusBadge } from '@/components/status-badge';
import { GATE_LOOKS, GATEWAY_LOOKS } from '@/components/status-looks';
import type { Target } from '@/features/commands/api/types';
import { CommandList, StateFilter, useStateFilter } from '@/features/commands/components/command-list';
import classes from '@/features/commands/commands.module.css';
import { maySend } from '@/features/commands/rights';
import { SendCommand } from '@/features/commands/send/send-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useGates, useGateways, useLoaded } from '@/lib/live/use-live';

/** A gateway or one of its gates: how it is, what was asked of it, and what can be. */
export function DevicePage() {
  const { t } = useI18n();
  const { gatewayId = '', gateId } = useParams();
  const loaded = useLoaded();
  const viewer = useViewer();
  const gateway = useGateways().find((one) => one.id === gatewayId);
  const gate = useGates().find((one) => one.gatewayId === gatewayId && one.id === gateId);
  const device = gateId === undefined ? gateway : gate;
  const id = gateId ?? gatewayId;
  const target = useMemo<Target>(
    () => ({ gatewayId, id, kind: gateId === undefined ? 'EDGE_CONTROLLER' : 'GATE' }),
    [gatewayId, gateId, id],
  );
  const [state, choose] = useStateFilter();
  const filter = useMemo(
    () => ({
      gateway: gatewayId,
      ...(gateId !== undefined && { target: gateId }),
      ...(state !== 'all' && { state }),
    }),
    [gatewayId, gateId, state],
  );
  useTitle(id);

  if (!loaded) {
    return (
      <Center h="60dvh">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  if (!device) {
    return <NotFoundPage />;
  }
  return (
    <div className={classes.page}>
      <Group gap="sm">
        <Title order={1} size="h4">
          {id}
        </Title>
        <StatusBadge status={device.status} looks={gateId === undefined ? GATEWAY_LOOKS : GATE_LOOKS} />
        <Text size="sm" c="var(--console-text-2)">
          {t('device.lastSeen')} <Age at={device.lastSeen} ago />
        </Text>
        {gateId !== undefined && (
          <Anchor component={Link} to={`/dashboard/gateways/${encodeURIComponent(gatewayId)}`} size="sm">
            {t('device.gateway', { id: gatewayId })}
          </Anchor>
        )}
        {maySend(viewer) && <SendCommand target={target} />}
      </Group>
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
