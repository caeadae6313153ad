import { Tooltip, UnstyledButton } from '@mantine/core';
import classes from '@/components/connection-badge.module.css';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Translate } from '@/lib/i18n/translate';
import type { Connection } from '@/lib/live/live-store';
import { useConnection } from '@/lib/live/use-live';
import { formatTime } from '@/lib/time/format-time';

/** Whether what is on the screen is live. While it is not, a press tries again at once. */
export function ConnectionBadge({ onRetry }: { onRetry: () => void }) {
  const { t, language } = useI18n();
  const connection = useConnection();
  const since = connection.state === 'connecting' ? null : new Date(connection.since);
  const time = since === null ? '' : formatTime(since, new Date(), language);
  return (
    <Tooltip label={hint(connection, time, t)} disabled={since === null} multiline maw={280}>
      <UnstyledButton
        className={classes.badge}
        data-testid="connection"
        data-state={connection.state}
        data-tone={connection.state === 'live' ? 'good' : 'warn'}
        onClick={() => {
          if (connection.state === 'retrying') {
            onRetry();
          }
        }}
      >
        <span className={classes.dot} aria-hidden="true" />
        <span role="status" className={classes.text}>
          {t(`connection.${connection.state}`, { time })}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}

function hint(connection: Connection, time: string, t: Translate): string {
  return connection.state === 'retrying'
    ? `${t('connection.retryingHint', { time })} ${t('connection.retryNow')}.`
    : t('connection.liveHint', { time });
}
