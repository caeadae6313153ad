import { Anchor, Button, Group, Progress, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { ApiProblem } from '@/components/api-problem';
import { Moment } from '@/components/moment';
import { StatusBadge } from '@/components/status-badge';
import { useRegistry } from '@/features/commands/api/queries';
import { COMMAND_LOOKS } from '@/features/commands/command-looks';
import classes from '@/features/commands/commands.module.css';
import { ValueTable } from '@/features/commands/components/value-table';
import {
  type FleetAction,
  type FleetWithSummary,
  hasEnded,
  useFleetAction,
  useFleetTargets,
} from '@/features/commands/fleet/api';
import { FLEET_LOOKS } from '@/features/commands/fleet/fleet-looks';
import { sharesOf } from '@/features/commands/fleet/summary';
import { mayApprove, type Viewer } from '@/features/commands/rights';
import { useI18n } from '@/lib/i18n/i18n-context';

const COLOURS = { done: 'teal.7', failed: 'red.7', open: 'blue.6', waiting: 'gray.5' } as const;

/** One command for many devices: how far it is, and what became of each. */
export function FleetDetail({ fleet, viewer }: { fleet: FleetWithSummary; viewer: Viewer }) {
  const { t, language } = useI18n();
  const registry = useRegistry();
  const type = registry.data?.commands.find((one) => one.type === fleet.type);
  const shares = sharesOf(fleet.summary);
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h4">
          {type?.title[language] ?? type?.title.en ?? fleet.type}
        </Title>
        <span data-testid="fleet-state" data-state={fleet.state}>
          <StatusBadge status={fleet.state} looks={FLEET_LOOKS} />
        </span>
        <Text size="sm" c="var(--console-text-2)">
          {fleet.requestedBy}, <Moment at={fleet.createdAt} />
        </Text>
      </Group>
      <div data-testid="fleet-summary">
        <Progress.Root size="xl" aria-label={t('fleet.summary')}>
          {shares.map(({ name, count, percent }) => (
            <Progress.Section
              key={name}
              value={percent}
              color={COLOURS[name]}
              aria-label={t(`fleet.part.${name}`)}
            >
              {count > 0 && <Progress.Label>{count}</Progress.Label>}
            </Progress.Section>
          ))}
        </Progress.Root>
        <Text size="sm" mt={4} aria-live="polite">
          {shares.map(({ name, count }) => `${t(`fleet.part.${name}`)}: ${String(count)}`).join(' · ')}
        </Text>
      </div>
      <FleetActions fleet={fleet} viewer={viewer} />
      <div className={classes.two}>
        <section className={classes.panel}>
          <Title order={2} size="h6" mb="xs">
            {t('command.asked')}
          </Title>
          <ValueTable
            label={t('command.asked')}
            values={fleet.params}
            emptyText={t('command.noParameters')}
          />
          <Text size="sm" mt="xs" c="var(--console-text-2)">
            {t('fleet.pace', {
              rate: fleet.ratePerMinute,
              open: fleet.maxOpen,
              percent: fleet.stopAtFailedPercent,
            })}
          </Text>
          {fleet.reason !== null && <Text size="sm">{fleet.reason}</Text>}
        </section>
        <FleetTargets id={fleet.id} />
      </div>
    </>
  );
}

function FleetActions({ fleet, viewer }: { fleet: FleetWithSummary; viewer: Viewer }) {
  const { t } = useI18n();
  const act = useFleetAction(fleet.id);
  if (hasEnded(fleet) || !mayApprove(viewer)) {
    return null;
  }
  const error = act.data?.ok === false && !act.isPending ? act.data.error : null;
  const button = (action: FleetAction, filled = false) => (
    <Button
      key={action.action}
      size="compact-md"
      variant={filled ? 'filled' : 'default'}
      loading={act.isPending}
      data-testid={action.action}
      onClick={() => {
        act.mutate(action);
      }}
    >
      {t(`fleet.${action.action}`)}
    </Button>
  );
  const pending = fleet.state === 'PENDING_APPROVAL';
  const own = fleet.requestedBy === viewer.username;
  return (
    <Group gap="xs">
      {pending && own && <Text size="sm">{t('decision.own')}</Text>}
      {pending && !own && button({ action: 'approve', paramsHash: fleet.paramsHash }, true)}
      {pending && !own && button({ action: 'reject', reason: t('fleet.rejected') })}
      {fleet.state === 'RUNNING' && button({ action: 'pause' })}
      {fleet.state === 'PAUSED' && button({ action: 'resume' }, true)}
      {button({ action: 'cancel' })}
      {error && <ApiProblem error={error} />}
    </Group>
  );
}

function FleetTargets({ id }: { id: string }) {
  const { t } = useI18n();
  const targets = useFleetTargets(id);
  return (
    <section className={classes.panel} aria-label={t('fleet.targets')}>
      <Title order={2} size="h6" mb="xs">
        {t('fleet.targets')}
      </Title>
      <div className={classes.list}>
        <table className={classes.values}>
          <tbody>
            {(targets.data ?? []).map(
              ({ position, gatewayId, target, commandId, state, errorCode, refused }) => (
                <tr key={position} data-testid={`fleet-target-${target}`}>
                  <th scope="row">
                    {commandId === null ? (
                      target
                    ) : (
                      <Anchor
                        component={Link}
                        to={`/dashboard/commands/${encodeURIComponent(commandId)}`}
                        inherit
                      >
                        {gatewayId === target ? target : `${gatewayId} / ${target}`}
                      </Anchor>
                    )}
                  </th>
                  <td>
                    {refused ??
                      (state === null ? (
                        t('fleet.part.waiting')
                      ) : (
                        <StatusBadge status={state} looks={COMMAND_LOOKS} />
                      ))}
                    {errorCode !== null && ` ${errorCode}`}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}
