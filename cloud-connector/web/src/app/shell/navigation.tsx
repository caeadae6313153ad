import { Stack, Text } from '@mantine/core';
import { NavLink } from 'react-router';
import classes from '@/app/shell/shell.module.css';
import { Icon } from '@/components/icon';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Only pages that are there. */
export function Navigation({ onChosen }: { onChosen: () => void }) {
  const { t } = useI18n();
  return (
    <Stack component="nav" aria-label={t('nav.label')} gap={4} p="xs">
      <Text size="xs" fw={600} c="var(--console-text-3)" px="0.6rem" pt={4}>
        {t('nav.sensors')}
      </Text>
      <NavLink to="/dashboard/gateways" className={classes.link ?? ''} onClick={onChosen}>
        <Icon name="gateway" />
        {t('nav.gateways')}
      </NavLink>
    </Stack>
  );
}
