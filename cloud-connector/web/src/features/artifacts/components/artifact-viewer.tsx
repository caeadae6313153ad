import { Modal } from '@mantine/core';
import { MediaPlayer } from '@/components/media-player';
import { type Artifact, linkTo } from '@/features/artifacts/api/artifacts';
import { LogViewer } from '@/features/artifacts/components/log-viewer';
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
        <MediaPlayer
          name={artifact.name}
          mediaType={artifact.mediaType}
          cacheKey={artifact.id}
          address={() => linkTo(artifact.id, false)}
        />
      )}
    </Modal>
  );
}
