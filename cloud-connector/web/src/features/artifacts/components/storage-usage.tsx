import { Text } from '@mantine/core';
import { Moment } from '@/components/moment';
import type { Storage } from '@/features/artifacts/api/artifacts';
import classes from '@/features/artifacts/artifacts.module.css';
import { formatBytes } from '@/lib/format-bytes';
import { kindText } from '@/features/artifacts/kind-text';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What takes room at each site, and what goes next. */
export function StorageUsage({ storage }: { readonly storage: Storage }) {
  const { t } = useI18n();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('storage.usage')} data-testid="usage">
        <thead>
          <tr>
            <th>{t('storage.site')}</th>
            <th>{t('storage.kind')}</th>
            <th data-number>{t('storage.files')}</th>
            <th data-number>{t('storage.bytes')}</th>
            <th>{t('storage.oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {storage.sites.map((site) => (
            <tr key={`${site.gatewayId ?? ''} ${site.kind}`}>
              <td>{site.gatewayId ?? t('storage.noSite')}</td>
              <td>{t(kindText(site.kind))}</td>
              <td data-number>{site.files}</td>
              <td data-number>{formatBytes(site.bytes)}</td>
              <td>
                <Moment at={site.oldest} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {storage.sites.length === 0 && (
        <Text size="sm" p="sm" c="var(--console-text-2)">
          {t('storage.none')}
        </Text>
      )}
    </div>
  );
}

/** How long each kind is kept, and when the next file of it goes. */
export function StorageRetention({ storage }: { readonly storage: Storage }) {
  const { t } = useI18n();
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('storage.cleanUp')} data-testid="retention">
        <thead>
          <tr>
            <th>{t('storage.kind')}</th>
            <th data-number>{t('storage.keep')}</th>
            <th>{t('storage.oldest')}</th>
            <th>{t('storage.next')}</th>
          </tr>
        </thead>
        <tbody>
          {storage.kinds.map((kind) => (
            <tr key={kind.kind}>
              <td>{t(kindText(kind.kind))}</td>
              <td data-number>{t('storage.days', { days: kind.keepDays })}</td>
              <td>{kind.oldest === null ? '–' : <Moment at={kind.oldest} />}</td>
              <td>{kind.nextDeletionAt === null ? '–' : <Moment at={kind.nextDeletionAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
