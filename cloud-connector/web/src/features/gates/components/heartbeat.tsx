import { Tooltip } from '@mantine/core';
import { Icon } from '@/components/icon';
import { Moment } from '@/components/moment';
import classes from '@/features/gates/components/heartbeat.module.css';
import { clockSkewMs } from '@/features/gates/clock-skew';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Gate } from '@/lib/live/types';
import { formatAge } from '@/lib/time/format-age';

/** The last heartbeat by the gate's own clock, with a mark when that clock is off. */
export function Heartbeat({ gate }: { gate: Gate }) {
  const { t } = useI18n();
  const skew = clockSkewMs(gate);
  return (
    <span className={classes.heartbeat}>
      <Moment at={gate.lastHeartbeat} />
      {skew !== null && (
        <Tooltip label={t('gates.skew', { skew: formatAge(skew, t) })} multiline maw={280}>
          <span
            role="img"
            aria-label={t('gates.skew', { skew: formatAge(skew, t) })}
            data-tone="warn"
            className={classes.skew}
          >
            <Icon name="clock" size={14} />
          </span>
        </Tooltip>
      )}
    </span>
  );
}
