import { Button } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { addressOf, type Recording, useDeleteRecording } from '@/features/recordings/api/recordings';
import type { ApiError } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly nvr: Device;
  readonly recording: Recording;
  readonly viewer: { readonly username: string; readonly role: string };
  readonly watching: boolean;
  readonly onWatch: () => void;
};

/** What can be done with a clip that is here. */
export function RecordingActions({ nvr, recording, viewer, watching, onWatch }: Props) {
  const { t } = useI18n();
  const [error, setError] = useState<ApiError | null>(null);
  const [sure, setSure] = useState(false);
  const deletion = useDeleteRecording(nvr);
  const mayDelete = viewer.role === 'admin' || viewer.username === recording.requestedBy;

  async function download(part: 'clip' | 'evidence') {
    const link = await addressOf(recording.id, part, true);
    setError(link.ok ? null : link.error);
    if (link.ok) {
      const anchor = document.createElement('a');
      anchor.href = link.value.url;
      anchor.download = '';
      anchor.click();
    }
  }

  return (
    <>
      {error && <ApiProblem error={error} />}
      {deletion.data?.ok === false && <ApiProblem error={deletion.data.error} />}
      <Button size="compact-xs" data-testid="watch" aria-expanded={watching} onClick={onWatch}>
        {t(watching ? 'recordings.hide' : 'recordings.watch')}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        data-testid="download"
        onClick={() => void download('clip')}
      >
        {t('recordings.download')}
      </Button>
      {recording.evidence !== null && (
        <Button
          size="compact-xs"
          variant="default"
          data-testid="evidence"
          onClick={() => void download('evidence')}
        >
          {t('recordings.evidence')}
        </Button>
      )}
      {mayDelete && (
        <Button
          size="compact-xs"
          variant={sure ? 'filled' : 'subtle'}
          color="red"
          data-testid="delete"
          loading={deletion.isPending}
          onBlur={() => {
            setSure(false);
          }}
          onClick={() => {
            if (sure) {
              deletion.mutate(recording.id);
            }
            setSure(!sure);
          }}
        >
          {t(sure ? 'recordings.deleteSure' : 'recordings.delete')}
        </Button>
      )}
    </>
  );
}
