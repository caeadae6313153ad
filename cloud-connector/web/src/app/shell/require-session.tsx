import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession } from '@/features/auth/api/session';
import { loginPath } from '@/features/auth/next-page';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Lets in who is signed in; sends others to the login page, and back here after that. */
export function RequireSession() {
  const { t } = useI18n();
  const location = useLocation();
  const session = useSession();

  if (session.data?.kind === 'user') {
    return <Outlet />;
  }
  if (session.data) {
    const { why } = session.data;
    return (
      <Navigate
        to={loginPath(location.pathname + location.search)}
        state={{ expired: why === 'expired' }}
        replace
      />
    );
  }
  if (session.isError) {
    return <Unreachable onRetry={() => void session.refetch()} />;
  }
  return (
    <Center h="100dvh">
      <Loader aria-label={t('session.checking')} />
    </Center>
  );
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { t } = useI18n();
  return (
    <Center h="100dvh" p="md" component="main">
      <Stack align="center" gap="xs" role="alert">
        <Title order={1} size="h3" ta="center">
          {t('session.failed.title')}
        </Title>
        <Text c="var(--console-text-2)" ta="center">
          {t('session.failed.text')}
        </Text>
        <Button mt="xs" onClick={onRetry}>
          {t('session.failed.retry')}
        </Button>
      </Stack>
    </Center>
  );
}
