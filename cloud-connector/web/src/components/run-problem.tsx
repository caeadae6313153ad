import { Anchor, Button, Group } from '@mantine/core';
import { Link } from 'react-router';
import { ApiProblem } from '@/components/api-problem';
import { Notice } from '@/components/notice';
import { NoResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly error: Error;
  /** What was asked for, in a few words. */
  readonly what: string;
  readonly onRetry?: (() => void) | undefined;
};

/** Why a command brought no result, in the words of who refused it, and a way to try again. */
export function RunProblem({ error, what, onRetry }: Props) {
  const { t } = useI18n();
  if (!(error instanceof NoResult)) {
    throw error;
  }
  const { reason } = error;
  const retry = onRetry && (
    <Button size="compact-xs" variant="default" onClick={onRetry} data-testid="retry">
      {t('run.retry')}
    </Button>
  );
  if (reason.kind === 'api') {
    return (
      <div>
        <ApiProblem error={reason.error} />
        {retry}
      </div>
    );
  }
  return (
    <Notice tone="bad" icon="alert" role="status">
      <span data-testid="run-problem">
        {t('run.failed', { what, state: reason.code ?? reason.state })}
        {reason.message !== null && ` ${reason.message}`}
      </span>
      <Group gap="sm" mt={4}>
        {retry}
        <Anchor component={Link} size="xs" to={`/dashboard/commands/${encodeURIComponent(reason.id)}`}>
          {t('run.details')}
        </Anchor>
      </Group>
    </Notice>
  );
}
