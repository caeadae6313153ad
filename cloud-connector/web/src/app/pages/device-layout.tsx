import { Anchor, Center, Group, Loader, Text, Title } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { useViewer } from '@/app/viewer';
import { Age } from '@/components/age';
import { StatusBadge } from '@/components/status-badge';
import type { StatusLooks } from '@/components/status-looks';
import type { Target } from '@/features/commands/api/types';
import { CommandList, StateFilter, useStateFilter } from '@/features/commands/components/command-list';
import classes from '@/features/commands/commands.module.css';
import { maySend } from '@/features/commands/rights';
import { SendCommand } from '@/features/commands/send/send-command';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly title: string;
  readonly target: Target;
  readonly status: string;
  readonly looks: StatusLooks;
  readonly lastSeen: string | null;
  /** What is particular to it, between its head and what was asked of it. */
  readonly children?: ReactNode;
};

/** The page of a device: how it is, what can be asked of it, what was. */
export function DeviceLayout({ title, target, status, looks, lastSeen, children }: Props) {
  const { t } = useI18n();
  const viewer = useViewer();
  const { gatewayId, id } = target;
  const isGateway = target.kind === 'EDGE_CONTROLLER';
  return (
    <div className={classes.page}>
      <Group gap="sm">
        <Title order={1} size="h4">
          {title}
        </Title>
        <StatusBadge status={status} looks={looks} />
        <Text size="sm" c="var(--console-text-2)">
          {t('device.lastSeen')} <Age at={lastSeen} ago />
        </Text>
        {!isGateway && (
          <Anchor component={Link} to={`/dashboard/gateways/${encodeURIComponent(gatewayId)}`} size="sm">
            {t('device.gateway', { id: gatewayId })}
          </Anchor>
        )}
        {maySend(viewer) && <SendCommand target={target} />}
      </Group>
      {children}
      <History gatewayId={gatewayId} id={isGateway ? null : id} />
    </div>
  );
}

/** What was asked of a device, or of everything at a gateway. */
function History({ gatewayId, id }: { readonly gatewayId: string; readonly id: string | null }) {
  const { t } = useI18n();
  const [state, choose] = useStateFilter();
  const filter = useMemo(
    () => ({ gateway: gatewayId, ...(id !== null && { target: id }), ...(state !== 'all' && { state }) }),
    [gatewayId, id, state],
  );
  return (
    <section className={classes.panel} aria-labelledby="history">
      <Group gap="sm" mb="xs">
        <Title order={2} size="h5" id="history">
          {t('device.commands')}
        </Title>
        <StateFilter value={state} onChange={choose} />
      </Group>
      <CommandList label={t('device.commands')} filter={filter} emptyText={t('device.noCommands')} />
    </section>
  );
}

export function DeviceLoading() {
  const { t } = useI18n();
  return (
    <Center h="60dvh">
      <Loader aria-label={t('table.loading')} />
    </Center>
  );
}
