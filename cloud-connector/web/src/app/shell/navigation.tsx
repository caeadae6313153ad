import { Badge, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import classes from '@/app/shell/shell.module.css';
import { useViewer } from '@/app/viewer';
import { Icon, type IconName } from '@/components/icon';
import { useCommands } from '@/features/commands/api/queries';
import { mayApprove } from '@/features/commands/rights';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Only pages that are there. */
export function Navigation({ onChosen }: { onChosen: () => void }) {
  const { t } = useI18n();
  const viewer = useViewer();
  const link = (to: string, icon: IconName, label: ReactNode) => (
    <NavLink to={to} className={classes.link ?? ''} onClick={onChosen}>
      <Icon name={icon} />
      {label}
    </NavLink>
  );
  return (
    <Stack component="nav" aria-label={t('nav.label')} gap={4} p="xs">
      <Text size="xs" fw={600} c="var(--console-text-3)" px="0.6rem" pt={4}>
        {t('nav.sensors')}
      </Text>
      {link('/dashboard/gateways', 'gateway', t('nav.gateways'))}
      {link('/dashboard/cameras', 'camera', t('nav.cameras'))}
      {link('/dashboard/nvrs', 'device', t('nav.nvrs'))}
      <Text size="xs" fw={600} c="var(--console-text-3)" px="0.6rem" pt={8}>
        {t('nav.control')}
      </Text>
      {link('/dashboard/commands', 'send', t('nav.commands'))}
      {link('/dashboard/fleet-commands', 'device', t('nav.fleet'))}
      {link(
        '/dashboard/approvals',
        'check',
        <>
          {t('nav.approvals')}
          <WaitingCount />
        </>,
      )}
      {link('/dashboard/storage', 'store', t('nav.storage'))}
      {mayApprove(viewer) && link('/dashboard/audit', 'list', t('nav.audit'))}
    </Stack>
  );
}

const WAITING = { state: 'PENDING_APPROVAL' } as const;

/** How many commands wait for an approval. */
function WaitingCount() {
  const { t } = useI18n();
  const waiting = useCommands(WAITING);
  const pages = waiting.data?.pages ?? [];
  const count = pages.reduce((sum, page) => sum + page.items.length, 0);
  if (count === 0) {
    return null;
  }
  return (
    <Badge
      size="sm"
      ml="auto"
      data-tone="warn"
      data-testid="waiting"
      aria-label={t('approvals.waiting', { count })}
      style={{ color: 'var(--tone-text)', background: 'var(--tone-fill)' }}
    >
      {waiting.hasNextPage ? `${String(count)}+` : count}
    </Badge>
  );
}
