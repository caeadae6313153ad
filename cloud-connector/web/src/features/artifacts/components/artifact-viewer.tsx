import { Loader, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '@/components/api-problem';
import { type Artifact, linkTo } from '@/features/artifacts/api/artifacts';
import classes from '@/features/artifacts/artifacts.module.css';
import { LogViewer } from '@/features/artifacts/components/log-viewer';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = { readonly artifact: Artifact; readonly onClose: () => void };

/** Shows a file: a video that can be wound, a picture, or a text. */
export function ArtifactViewer({ artifact, onClose }: Props) {
  const { t } = useI18n();
  return (
    <Modal
      opened
      onClose={onClose}
      title={artifact.name}
      size="xl"
      closeButtonProps={{ 'aria-label': t('artifact.close') }}
    >
      {artifact.mediaType === 'text/plain' ? (
        <LogViewer artifact={artifact} />
      ) : (
        <Media artifact={artifact} />
      )}
    </Modal>
  );
}

function Media({ artifact }: { readonly artifact: Artifact }) {
  const { t } = useI18n();
  const link = useQuery({
    queryKey: ['artifact-link', artifact.id],
    queryFn: async () => {
      const made = await linkTo(artifact.id, false);
      if (!made.ok) {
        throw new Unavailable(made.error);
      }
      return made.value.url;
    },
    gcTime: 0,
    staleTime: Infinity,
  });
  if (link.error instanceof Unavailable) {
    return <ApiProblem error={link.error.reason} />;
  }
  if (link.data === undefined) {
    return <Loader aria-label={t('table.loading')} />;
  }
  return artifact.mediaType.startsWith('video/') ? (
    // eslint-disable-next-line jsx-a11y/media-has-caption -- what a gate's camera saw has no words to write down
    <video
      className={classes.media}
      src={link.data}
      controls
      preload="metadata"
      data-testid="player"
      aria-label={artifact.name}
    />
  ) : (
    <img className={classes.media} src={link.data} alt={artifact.name} data-testid="picture" />
  );
}
