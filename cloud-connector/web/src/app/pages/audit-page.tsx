import { Group, Title } from '@mantine/core';
import classes from '@/app/pages/list-page.module.css';
import { useTitle } from '@/app/use-title';
import { AuditTable } from '@/features/audit/components/audit-table';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Who did what. */
export function AuditPage() {
  const { t } = useI18n();
  useTitle(t('audit.title'));
  return (
    <div className={classes.page}>
      <section className={classes.section} aria-labelledby="audit">
        <Group px="sm" py={6} className={classes.toolbar}>
          <Title order={1} size="h5" id="audit">
            {t('audit.title')}
          </Title>
        </Group>
        <AuditTable />
      </section>
    </div>
  );
}
