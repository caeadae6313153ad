import { Anchor, Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '@/components/api-problem';
import { Moment } from '@/components/moment';
import {
  ARTIFACT_LISTS,
  type Artifact,
  deleteArtifact,
  useArtifacts,
} from '@/features/artifacts/api/artifacts';
import classes from '@/features/artifacts/artifacts.module.css';
import { ArtifactActions } from '@/features/artifacts/components/artifact-actions';
import { stateText } from '@/features/artifacts/components/artifact-list';
import { formatBytes } from '@/lib/format-bytes';
import { kindText } from '@/features/artifacts/kind-text';
import type { ApiError } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Every file, with the right to delete it. */
export function ObjectBrowser() {
  const { t } = useI18n();
  const artifacts = useArtifacts();
  const rows = artifacts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('storage.objects')} data-testid="objects">
          <thead>
            <tr>
              <th>{t('storage.name')}</th>
              <th>{t('storage.site')}</th>
              <th>{t('storage.kind')}</th>
              <th data-number>{t('storage.bytes')}</th>
              <th>{t('storage.state')}</th>
              <th>{t('storage.created')}</th>
              <th aria-label={t('storage.actions')} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ObjectRow key={row.id} artifact={row} />
            ))}
          </tbody>
        </table>
      </div>
      {artifacts.hasNextPage && (
        <Button variant="subtle" size="compact-sm" m="xs" onClick={() => void artifacts.fetchNextPage()}>
          {t('command.more')}
        </Button>
      )}
    </>
  );
}

function ObjectRow({ artifact }: { readonly artifact: Artifact }) {
  const { t } = useI18n();
  return (
    <tr data-testid="object" data-state={artifact.state}>
      <td>
        {artifact.commandId === null ? (
          artifact.name
        ) : (
          <Anchor
            component={Link}
            inherit
            to={`/dashboard/commands/${encodeURIComponent(artifact.commandId)}`}
          >
            {artifact.name}
          </Anchor>
        )}
      </td>
      <td>{artifact.gatewayId ?? t('storage.noSite')}</td>
      <td>{t(kindText(artifact.kind))}</td>
      <td data-number>{artifact.size === null ? '–' : formatBytes(artifact.size)}</td>
      <td>
        {t(stateText(artifact.state))}
        {artifact.reason !== null && ` (${artifact.reason})`}
      </td>
      <td>{artifact.createdAt !== null && <Moment at={artifact.createdAt} />}</td>
      <td>
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          {artifact.kind !== 'recording' && <ArtifactActions artifact={artifact} />}
          {artifact.state !== 'DELETED' && <DeleteButton artifact={artifact} />}
        </Group>
      </td>
    </tr>
  );
}

/** Asks once more, in its own place. */
function DeleteButton({ artifact }: { readonly artifact: Artifact }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function press() {
    if (!sure) {
      setSure(true);
      return;
    }
    const deleted = await deleteArtifact(artifact.id);
    setError(deleted.ok ? null : deleted.error);
    setSure(false);
    await client.invalidateQueries({ queryKey: ARTIFACT_LISTS });
  }

  return (
    <>
      {error && <ApiProblem error={error} />}
      <Button
        size="compact-sm"
        variant={sure ? 'filled' : 'default'}
        color="red"
        data-testid="delete"
        onBlur={() => {
          setSure(false);
        }}
        onClick={() => void press()}
      >
        {t(sure ? 'artifact.deleteSure' : 'artifact.delete')}
      </Button>
    </>
  );
}
