import { Tooltip } from '@mantine/core';
import { Icon } from '@/components/icon';
import classes from '@/components/status-badge.module.css';
import type { StatusLooks } from '@/components/status-looks';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly status: string;
  readonly looks: StatusLooks;
};

/** The status as icon, word and colour. One that this console doesn't know is shown as the server said it. */
export function StatusBadge({ status, looks }: Props) {
  const { t } = useI18n();
  const look = looks[status];
  return (
    <Tooltip label={look && t(look.hint)} disabled={!look} multiline maw={300}>
      <span className={classes.badge} data-status={status} data-tone={look?.tone ?? 'quiet'}>
        <Icon name={look?.icon ?? 'question'} size={14} />
        <span className={classes.text}>{look ? t(look.label) : status}</span>
      </span>
    </Tooltip>
  );
}
