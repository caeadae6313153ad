import { Button, Group, Loader, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '@/components/moment';
import { RunProblem } from '@/components/run-problem';
import { type Probe, probeOf } from '@/features/recordings/api/search';
import classes from '@/features/recordings/components/recordings.module.css';
import type { useResult } from '@/lib/commands/use-result';
import { formatBytes } from '@/lib/format-bytes';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Translate } from '@/lib/i18n/translate';
import { clockText } from '@/lib/time/clock-text';
import { formatAge } from '@/lib/time/format-age';

type Props = {
  readonly asked: ReturnType<typeof useResult>;
  readonly mayAsk: boolean;
  readonly className: string;
};

/** How a recorder is, by its own words of a moment ago. */
export function RecorderHealth({ asked, mayAsk, className }: Props) {
  const { t } = useI18n();
  const probe = asked.data && probeOf(asked.data.result);
  return (
    <section className={className} aria-labelledby="health" data-testid="health">
      <Group gap="sm" mb="xs">
        <Title order={2} size="h5" id="health">
          {t('nvr.health')}
        </Title>
        {asked.data && (
          <Text size="xs" c="var(--console-text-2)">
            {t('run.askedAt')} <Moment at={asked.data.at} />
          </Text>
        )}
        {mayAsk && (
          <Button
            size="compact-xs"
            variant="default"
            loading={asked.isFetching}
            onClick={() => void asked.refetch()}
          >
            {t('run.again')}
          </Button>
        )}
      </Group>
      {asked.error && (
        <RunProblem error={asked.error} what={t('nvr.probe')} onRetry={() => void asked.refetch()} />
      )}
      {asked.isFetching && !probe && (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm">{t('run.running')}</Text>
        </Group>
      )}
      {probe && <Facts probe={probe} />}
      {probe && <Channels channels={probe.channels} />}
    </section>
  );
}

function Facts({ probe }: { readonly probe: Probe }) {
  const { t } = useI18n();
  const { storageTotalBytes: total, storageUsedBytes: used } = probe;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('nvr.reachable'),
      probe.reachable
        ? probe.millis === null
          ? t('nvr.yes')
          : t('nvr.reachableIn', { ms: probe.millis })
        : t('nvr.notReachable'),
    ],
    [t('nvr.clock'), clockText(probe.clockAheadMillis, t)],
    [
      t('nvr.storage'),
      total === null || used === null
        ? t('nvr.storageUnknown')
        : t('nvr.storageUse', { used: formatBytes(used), total: formatBytes(total) }),
    ],
    [t('nvr.profileG'), probe.profileG === null ? '–' : t(probe.profileG ? 'nvr.yes' : 'nvr.no')],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const STATUSES = ['recording', 'stopped', 'missing', 'unknown'] as const;

/** In the reader's language; what a newer gateway may say is shown as it is. */
function statusText(status: string | null, t: Translate): string {
  const known = STATUSES.find((one) => one === status);
  return known === undefined ? (status ?? '–') : t(`nvr.status.${known}`);
}

function Channels({ channels }: { readonly channels: Probe['channels'] }) {
  const { t } = useI18n();
  if (channels.length === 0) {
    return <Text size="sm">{t('nvr.noChannels')}</Text>;
  }
  return (
    <table className={classes.table} aria-label={t('nvr.channels')}>
      <thead>
        <tr>
          {(['channel', 'channelStatus', 'oldest', 'newest', 'gaps'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`nvr.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {channels.map((one) => (
          <tr key={one.channel}>
            <td>
              {one.channel}
              {one.name !== null && one.name !== one.channel && ` – ${one.name}`}
            </td>
            <td>{statusText(one.status, t)}</td>
            <td>
              <Moment at={one.oldest} />
            </td>
            <td>
              <Moment at={one.newest} />
            </td>
            <td>{one.gapSeconds === null ? '–' : formatAge(one.gapSeconds * 1_000, t)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
