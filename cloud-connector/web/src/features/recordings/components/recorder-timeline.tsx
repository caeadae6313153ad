import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Notice } from '@/components/notice';
import { RunProblem } from '@/components/run-problem';
import { type Channel, type Failed, type Probe, useSearch } from '@/features/recordings/api/search';
import { TimelineBar } from '@/features/recordings/components/timeline-bar';
import { overlaps, type Span } from '@/features/recordings/timeline/span';
import { Timeline } from '@/features/recordings/timeline/timeline';
import classes from '@/features/recordings/timeline/timeline.module.css';
import { useView } from '@/features/recordings/timeline/use-view';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatDay, timeZone } from '@/lib/time/format-time';

/** What is picked to be exported. */
export type Pick = { readonly channel: string; readonly span: Span | null };

type Props = {
  readonly nvr: Device;
  readonly mayAsk: boolean;
  /** The channels that the recorder names, whether there is a recording of them or not. */
  readonly channels: Probe['channels'];
  readonly now: number;
  readonly pick: Pick | null;
  readonly onPick: (pick: Pick) => void;
  /** Told of what is known, for whoever explains the pick. */
  readonly children: (known: readonly Span[], channels: readonly Channel[]) => React.ReactNode;
};

/** The timeline of a recorder with its buttons, its legend, and what could not be found out. */
export function RecorderTimeline({ nvr, mayAsk, channels: named, now, pick, onPick, children }: Props) {
  const { t } = useI18n();
  const view = useView(now);
  const search = useSearch(nvr, view.view, mayAsk, now);
  const channels = useMemo(() => withNames(search.channels, named), [search.channels, named]);
  const chosen = pick?.channel ?? channels[0]?.channel ?? null;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('timeline.title')}
      </Title>
      <TimelineBar view={view} searching={search.loading.length > 0} onRefresh={search.refresh} />
      {search.failed.map((failed) => (
        <FailedDay key={failed.span.from} failed={failed} />
      ))}
      {!mayAsk && (
        <Notice tone="quiet" icon="question" role="status">
          {t('nvr.mayNotAsk')}
        </Notice>
      )}
      <Timeline
        view={view}
        now={now}
        channels={channels}
        known={search.known}
        assumed={search.unsure}
        chosen={chosen}
        selection={pick?.span ?? null}
        onChoose={(channel) => {
          onPick({ channel, span: pick?.span ?? null });
        }}
        onSelect={(channel, span) => {
          onPick({ channel, span });
        }}
      />
      <Legend assumed={search.unsure} />
      <Text size="xs" c="var(--console-text-2)" mt={4}>
        {t('timeline.zone', { zone: timeZone(new Date(view.view.from)) })} {t('timeline.hint')}
        {search.guessed && ` ${t('timeline.guessed')}`}
        {search.unsure && ` ${t('timeline.unsure')}`}
        {isEmpty(search.known, channels, view.view) && ` ${t('timeline.empty')}`}
      </Text>
      {children(search.known, channels)}
    </section>
  );
}

function FailedDay({ failed }: { readonly failed: Failed }) {
  const { t, language } = useI18n();
  const day = formatDay(new Date(failed.span.from), language);
  return <RunProblem error={failed.error} what={t('timeline.search', { day })} onRetry={failed.retry} />;
}

function Legend({ assumed }: { readonly assumed: boolean }) {
  const { t } = useI18n();
  return (
    <div className={classes.legend} style={{ marginTop: 6 }}>
      {([assumed ? 'assumed' : 'recorded', 'gap', 'unknown', 'event'] as const).map((kind) => (
        <span key={kind}>
          <i data-kind={kind} />
          {t(`timeline.${kind}`)}
        </span>
      ))}
    </div>
  );
}

function isEmpty(known: readonly Span[], channels: readonly Channel[], view: Span): boolean {
  return (
    known.some((span) => span.from <= view.from && span.to >= view.to) &&
    !channels.some(({ segments }) => segments.some((segment) => overlaps(segment, view)))
  );
}

/** A channel that is named but has nothing is a row of its own. */
function withNames(found: readonly Channel[], named: Probe['channels']): readonly Channel[] {
  const all = found.map((one) => ({
    ...one,
    name: one.name ?? named.find(({ channel }) => channel === one.channel)?.name ?? null,
  }));
  const bare = named
    .filter(({ channel }) => channel !== '' && !found.some((one) => one.channel === channel))
    .map(({ channel, name }) => ({ channel, name, segments: [], events: [] }));
  return [...all, ...bare].sort((one, other) =>
    one.channel.localeCompare(other.channel, undefined, { numeric: true }),
  );
}
