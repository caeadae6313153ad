import { Notice } from '@/components/notice';
import type { ApiError } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Why the server did not do what was asked, in its own words. */
export function ApiProblem({ error }: { error: ApiError }) {
  const { t } = useI18n();
  if (error.kind === 'unreachable') {
    return (
      <Notice tone="bad" icon="unplugged" role="alert">
        {t('problem.unreachable')}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" icon="alert" role="alert">
      <span data-testid="problem" data-code={error.code}>
        {error.detail ?? t('problem.unexpected', { status: error.status })}
      </span>
      {error.requestId !== null && (
        <div style={{ fontSize: '0.75rem', color: 'var(--console-text-2)' }}>
          {t('login.error.requestId', { id: error.requestId })}
        </div>
      )}
    </Notice>
  );
}
