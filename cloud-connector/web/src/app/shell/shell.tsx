import { AppShell } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from 'react-router';
import { Header } from '@/app/shell/header';
import { Navigation } from '@/app/shell/navigation';
import classes from '@/app/shell/shell.module.css';
import { useCommandUpdates } from '@/features/commands/api/use-command-updates';
import { useLiveConnection } from '@/app/shell/use-live-connection';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What is around every page of the console. */
export function Shell() {
  const { t } = useI18n();
  const [open, { toggle, close }] = useDisclosure(false);
  const retryNow = useLiveConnection();
  useCommandUpdates();
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 184, breakpoint: 'sm', collapsed: { mobile: !open } }}
      transitionDuration={0}
    >
      <AppShell.Header className={classes.bar}>
        <a href="#content" className={classes.skip}>
          {t('skip.toContent')}
        </a>
        <Header navigationOpen={open} onToggleNavigation={toggle} onRetry={retryNow} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.bar}>
        <Navigation onChosen={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
