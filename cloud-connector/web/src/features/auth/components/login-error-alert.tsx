import { Text } from '@mantine/core';
import { Notice } from '@/components/notice';
import type { LoginError } from '@/features/auth/api/login';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Translate } from '@/lib/i18n/translate';
import { formatAge } from '@/lib/time/format-age';

export function LoginErrorAlert({ error, id }: { error: LoginError; id: string }) {
  const { t } = useI18n();
  return (
    <Notice id={id} role="alert" tone="bad" icon="alert">
      <Text size="sm" fw={600}>
        {t('login.error.title')}
      </Text>
      {explain(error, t)}
      {error.kind === 'unexpected' && error.requestId !== null && (
        <Text size="xs" mt={4}>
          {t('login.error.requestId', { id: error.requestId })}
        </Text>
      )}
    </Notice>
  );
}

function explain(error: LoginError, t: Translate): string {
  switch (error.kind) {
    case 'credentials':
      return t('login.error.credentials');
    case 'rateLimited':
      return t('login.error.rateLimited', { wait: formatAge(error.seconds * 1000, t) });
    case 'unreachable':
      return t('login.error.unreachable');
    case 'unexpected':
      return t('login.error.unexpected', { status: error.status });
  }
}
