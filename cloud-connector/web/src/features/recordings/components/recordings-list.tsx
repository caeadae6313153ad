import { Loader, Title } from '@mantine/core';
import { ApiProblem } from '@/components/api-problem';
import { EmptyState } from '@/components/empty-state';
import { useRecordings } from '@/features/recordings/api/recordings';
import type { Probe } from '@/features/recordings/api/search';
import { RecordingItem } from '@/features/recordings/components/recording-item';
import { Unavailable } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly nvr: Device;
  readonly viewer: { readonly username: string; readonly role: string };
  /** What the recorder calls them. */
  readonly channels: Probe['channels'];
  readonly className: string;
};

/** What was exported from a recorder, newest first, with how far it is. */
export function RecordingsList({ nvr, viewer, channels, className }: Props) {
  const { t } = useI18n();
  const recordings = useRecordings(nvr);
  return (
    <section className={className} aria-labelledby="recordings" data-testid="recordings">
      <Title order={2} size="h5" id="recordings" mb="xs">
        {t('recordings.title')}
      </Title>
      {recordings.error instanceof Unavailable && !recordings.data && (
        <ApiProblem error={recordings.error.reason} />
      )}
      {recordings.isPending && <Loader size="sm" aria-label={t('table.loading')} />}
      {recordings.data?.items.length === 0 && <EmptyState text={t('recordings.none')} />}
      {recordings.data?.items.map((recording) => (
        <RecordingItem
          key={recording.id}
          nvr={nvr}
          recording={recording}
          name={channels.find(({ channel }) => channel === recording.channel)?.name ?? null}
          viewer={viewer}
        />
      ))}
    </section>
  );
}
