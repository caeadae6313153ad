import { Button, Group, Title } from '@mantine/core';
import { Link } from 'react-router';
import classes from '@/app/pages/list-page.module.css';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { Icon } from '@/components/icon';
import { FleetList } from '@/features/commands/fleet/fleet-list';
import { mayApprove } from '@/features/commands/rights';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Commands for many devices. */
export function FleetCommandsPage() {
  const { t } = useI18n();
  const viewer = useViewer();
  useTitle(t('nav.fleet'));
  return (
    <div className={classes.page}>
      <section className={classes.section} aria-labelledby="fleet-commands">
        <Group gap="sm" px="sm" py={6} className={classes.toolbar}>
          <Title order={1} size="h5" id="fleet-commands">
            {t('nav.fleet')}
          </Title>
          {mayApprove(viewer) && (
            <Button
              component={Link}
              to="/dashboard/fleet-commands/new"
              size="compact-sm"
              ml="auto"
              leftSection={<Icon name="send" size={14} />}
            >
              {t('fleet.new')}
            </Button>
          )}
        </Group>
        <FleetList />
      </section>
    </div>
  );
}
