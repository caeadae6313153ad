import { Center, Loader, Text, Title } from '@mantine/core';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { ApiProblem } from '@/components/api-problem';
import { useStorage } from '@/features/artifacts/api/artifacts';
import { ObjectBrowser } from '@/features/artifacts/components/object-browser';
import { StorageRetention, StorageUsage } from '@/features/artifacts/components/storage-usage';
import { formatBytes } from '@/lib/format-bytes';
import classes from '@/features/commands/commands.module.css';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What takes room, until when, and for administrators every file. */
export function StoragePage() {
  const { t } = useI18n();
  const viewer = useViewer();
  const storage = useStorage();
  useTitle(t('storage.title'));
  return (
    <div className={classes.page}>
      <Title order={1} size="h4">
        {t('storage.title')}
      </Title>
      {storage.error instanceof Unavailable ? (
        <ApiProblem error={storage.error.reason} />
      ) : storage.data ? (
        <>
          <Text size="sm" c="var(--console-text-2)" data-testid="room">
            {t(storage.data.store === 's3' ? 'storage.inBucket' : 'storage.onDisk', {
              free: formatBytes(storage.data.freeBytes),
              limit: formatBytes(storage.data.gatewayLimitBytes),
            })}
          </Text>
          <section className={classes.panel}>
            <Title order={2} size="h6" mb="xs">
              {t('storage.usage')}
            </Title>
            <StorageUsage storage={storage.data} />
          </section>
          <section className={classes.panel}>
            <Title order={2} size="h6" mb="xs">
              {t('storage.cleanUp')}
            </Title>
            <StorageRetention storage={storage.data} />
          </section>
          {viewer.role === 'admin' && (
            <section className={classes.panel}>
              <Title order={2} size="h6" mb="xs">
                {t('storage.objects')}
              </Title>
              <ObjectBrowser />
            </section>
          )}
        </>
      ) : (
        <Center p="lg">
          <Loader aria-label={t('table.loading')} />
        </Center>
      )}
    </div>
  );
}
