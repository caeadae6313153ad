import { Button, Group, Select, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { Notice } from '@/components/notice';
import { useExport } from '@/features/recordings/api/recordings';
import type { Channel } from '@/features/recordings/api/search';
import { check, type Limits, type Verdict } from '@/features/recordings/check-pick';
import type { Pick } from '@/features/recordings/components/recorder-timeline';
import { SnapshotButton } from '@/features/recordings/components/snapshot-button';
import type { Span } from '@/features/recordings/timeline/span';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatAge } from '@/lib/time/format-age';
import { formatCount, fromLocalInput, toLocalInput } from '@/lib/time/format-time';

type Props = {
  readonly nvr: Device;
  readonly channels: readonly Channel[];
  readonly known: readonly Span[];
  readonly pick: Pick | null;
  readonly limits: Limits;
  readonly now: number;
  readonly onPick: (pick: Pick) => void;
};

/** The picked stretch with exact times, what is to be expected of it, and the way to have it. */
export function ExportPanel({ nvr, channels, known, pick, limits, now, onPick }: Props) {
  const { t, language } = useI18n();
  const sending = useExport(nvr);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const channel = pick?.channel ?? channels[0]?.channel ?? null;
  const span = pick?.span ?? null;
  const of = channels.find((one) => one.channel === channel);
  const verdict = span === null ? null : check(span, known, of?.segments ?? [], now, limits);
  const choose = (next: Partial<Span>, to = channel) => {
    if (to !== null) {
      setKey(crypto.randomUUID());
      sending.reset();
      const base = span ?? { from: now - 120_000, to: now - 60_000 };
      onPick({ channel: to, span: { ...base, ...next } });
    }
  };
  const answer = sending.data;
  const allowed = {
    minutes: formatCount(Math.round(limits.longest / 6_000) / 10, language),
    megabytes: formatCount(Math.round(limits.bytes / 1e6), language),
  };
  return (
    <section data-testid="export">
      <Title order={3} size="h6" mt="md" mb={4}>
        {t('export.title')}
      </Title>
      <Group gap="sm" align="flex-end">
        <Select
          size="xs"
          w={150}
          label={t('export.channel')}
          data={channels.map((one) => ({ value: one.channel, label: one.name ?? one.channel }))}
          value={channel}
          allowDeselect={false}
          onChange={(value) => {
            if (value !== null) {
              choose({}, value);
            }
          }}
        />
        {(['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            size="xs"
            type="datetime-local"
            step={1}
            label={t(`export.${end}`)}
            data-testid={`export-${end}`}
            value={span === null ? '' : toLocalInput(span[end])}
            onChange={(event) => {
              const at = fromLocalInput(event.currentTarget.value);
              if (at !== null) {
                choose({ [end]: at });
              }
            }}
          />
        ))}
        <Text size="sm" pb={4} data-testid="export-length">
          {span !== null &&
            span.to > span.from &&
            `${t('export.length')} ${formatAge(span.to - span.from, t)}`}
        </Text>
        <Button
          size="xs"
          data-testid="export-send"
          disabled={span === null || channel === null || verdict?.fault !== undefined || answer?.ok === true}
          loading={sending.isPending}
          onClick={() => {
            if (span !== null && channel !== null) {
              sending.mutate({ channel, ...span, key });
            }
          }}
        >
          {t('export.send')}
        </Button>
        {span !== null && channel !== null && <SnapshotButton nvr={nvr} channel={channel} at={span.from} />}
      </Group>
      <Text size="xs" c="var(--console-text-2)" mt={4}>
        {span === null && `${t('export.hint')} `}
        {t('export.limit', allowed)}
      </Text>
      {verdict !== null && <Expectation verdict={verdict} minutes={allowed.minutes} />}
      {answer?.ok === false && <ApiProblem error={answer.error} />}
      {answer?.ok === true && (
        <Notice tone="good" icon="check" role="status">
          {t('export.sent')}
        </Notice>
      )}
    </section>
  );
}

function Expectation({ verdict, minutes }: { readonly verdict: Verdict; readonly minutes: string }) {
  const { t } = useI18n();
  if (verdict.fault !== undefined) {
    return (
      <Notice tone="bad" icon="alert" role="status">
        {t(verdict.fault, { minutes })}
      </Notice>
    );
  }
  const { recorded, missing, unknown } = verdict;
  if (missing === 0 && unknown === 0) {
    return null;
  }
  return (
    <Notice tone="warn" icon="alert" role="status">
      {missing > 0 &&
        (recorded === 0 && unknown === 0
          ? t('export.none')
          : t('export.gap', { gap: formatAge(missing, t) }))}
      {missing > 0 && unknown > 0 && ' '}
      {unknown > 0 && t('export.unknown', { unknown: formatAge(unknown, t) })}
    </Notice>
  );
}
