import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import classes from '@/app/pages/login-page.module.css';
import { useTitle } from '@/app/use-title';
import { LanguagePicker } from '@/components/language-picker';
import { Logo } from '@/components/logo';
import { Notice } from '@/components/notice';
import { ThemePicker } from '@/components/theme-picker';
import { useSession } from '@/features/auth/api/session';
import { LoginForm } from '@/features/auth/components/login-form';
import { nextPage } from '@/features/auth/next-page';
import { useI18n } from '@/lib/i18n/i18n-context';

export function LoginPage() {
  const { t } = useI18n();
  const [params] = useSearchParams();
  const session = useSession();
  const state: unknown = useLocation().state;
  useTitle(t('login.title'));

  if (session.data?.kind === 'user') {
    return <Navigate to={nextPage(params)} replace />;
  }
  return (
    <div className={classes.page}>
      <Stack component="main" gap="md" className={classes.column}>
        <Group gap="sm" wrap="nowrap">
          <Logo size={36} />
          <div>
            <Text fw={650} lh={1.2}>
              {t('product.name')}
            </Text>
            <Text size="sm" c="var(--console-text-2)">
              {t('product.tagline')}
            </Text>
          </div>
        </Group>
        <Paper withBorder p="lg" className={classes.card}>
          <Stack gap="sm">
            <Title order={1} size="h3">
              {t('login.title')}
            </Title>
            {isExpired(state) && (
              <Notice role="status" tone="busy" icon="clock">
                {t('login.expired')}
              </Notice>
            )}
            <LoginForm />
          </Stack>
        </Paper>
        <Group justify="space-between">
          <LanguagePicker />
          <ThemePicker />
        </Group>
      </Stack>
    </div>
  );
}

function isExpired(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'expired' in state && state.expired === true;
}
