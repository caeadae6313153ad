import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { type Artifact, linkTo } from '@/features/artifacts/api/artifacts';
import { ArtifactViewer } from '@/features/artifacts/components/artifact-viewer';
import type { ApiError } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Open and Download, for a file that is whole. */
export function ArtifactActions({ artifact }: { readonly artifact: Artifact }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function download() {
    const link = await linkTo(artifact.id, true);
    setError(link.ok ? null : link.error);
    if (link.ok) {
      const anchor = document.createElement('a');
      anchor.href = link.value.url;
      anchor.download = '';
      anchor.click();
    }
  }

  if (artifact.state !== 'READY') {
    return null;
  }
  return (
    <Group gap="xs" wrap="nowrap">
      {error && <ApiProblem error={error} />}
      {artifact.inline && (
        <Button
          size="compact-sm"
          variant="default"
          data-testid="open"
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('artifact.open')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" data-testid="download" onClick={() => void download()}>
        {t('artifact.download')}
      </Button>
      {open && (
        <ArtifactViewer
          artifact={artifact}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Group>
  );
}
