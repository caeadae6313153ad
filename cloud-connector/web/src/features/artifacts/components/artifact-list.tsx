import { Progress, Title } from '@mantine/core';
import { type Artifact, reportedArtifacts, useCommandArtifacts } from '@/features/artifacts/api/artifacts';
import classes from '@/features/artifacts/artifacts.module.css';
import { ArtifactActions } from '@/features/artifacts/components/artifact-actions';
import { formatBytes } from '@/lib/format-bytes';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { MessageKey } from '@/lib/i18n/translate';

type Props = {
  readonly commandId: string;
  /** What the gateway reported. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly className: string;
};

/** The files of a command, those that are on their way as well; nothing when there are none. */
export function ArtifactList({ commandId, result, className }: Props) {
  const { t } = useI18n();
  const reported = reportedArtifacts(result);
  const known = useCommandArtifacts(commandId, reported.length).data?.items ?? [];
  const files = [...known, ...reported.filter((one) => !known.some((other) => other.id === one.id))];
  if (files.length === 0) {
    return null;
  }
  return (
    <section className={className} data-testid="artifacts">
      <Title order={2} size="h6" mb="xs">
        {t('artifact.title')}
      </Title>
      {files.map((file) => (
        <ArtifactItem key={file.id} artifact={file} />
      ))}
    </section>
  );
}

function ArtifactItem({ artifact }: { readonly artifact: Artifact }) {
  const { t } = useI18n();
  const size = artifact.size ?? 0;
  return (
    <div className={classes.item} data-testid="artifact" data-state={artifact.state}>
      <div>
        <div className={classes.name}>{artifact.name}</div>
        <div className={classes.facts}>
          {artifact.size === null ? '' : `${formatBytes(size)} · `}
          {artifact.mediaType}
          {artifact.state !== 'READY' && ` · ${t(stateText(artifact.state))}`}
        </div>
        {artifact.sha256 !== null && (
          <div className={classes.facts}>
            SHA-256 <span className={classes.sum}>{artifact.sha256}</span>
          </div>
        )}
        {artifact.state === 'UPLOADING' && (
          <Progress
            mt={4}
            value={size === 0 ? 0 : (artifact.received / size) * 100}
            aria-label={t('artifact.UPLOADING')}
          />
        )}
      </div>
      <ArtifactActions artifact={artifact} />
    </div>
  );
}

export function stateText(state: string): MessageKey {
  switch (state) {
    case 'READY':
      return 'artifact.READY';
    case 'UPLOADING':
      return 'artifact.UPLOADING';
    case 'DELETED':
      return 'artifact.DELETED';
    default:
      return 'artifact.FAILED';
  }
}
