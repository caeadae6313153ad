import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useI18n } from '@/lib/i18n/i18n-context';

/** The way to the page of a device. */
export function DeviceLink({ to, id, children }: { to: string; id: string; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <Anchor component={Link} to={to} inherit c="inherit" aria-label={t('device.open', { id })}>
      {children}
    </Anchor>
  );
}
