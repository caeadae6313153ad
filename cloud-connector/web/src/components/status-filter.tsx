import { Tooltip, UnstyledButton } from '@mantine/core';
import { Icon } from '@/components/icon';
import classes from '@/components/status-filter.module.css';
import type { StatusLook, StatusLooks } from '@/components/status-looks';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatCount } from '@/lib/time/format-time';

type Props = {
  readonly statuses: readonly string[];
  readonly looks: StatusLooks;
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
  readonly value: string | null;
  readonly onChange: (status: string | null) => void;
};

/** A summary and a filter in one: how many there are of each status, and only those when pressed. */
export function StatusFilter({ statuses, looks, counts, total, value, onChange }: Props) {
  const { t } = useI18n();
  return (
    <div role="group" aria-label={t('status.filter')} className={classes.group}>
      <Chip
        count={total}
        pressed={value === null}
        onPress={() => {
          onChange(null);
        }}
      />
      {statuses.map((status) => (
        <Chip
          key={status}
          look={looks[status]}
          count={counts.get(status) ?? 0}
          pressed={value === status}
          onPress={() => {
            onChange(value === status ? null : status);
          }}
        />
      ))}
    </div>
  );
}

type ChipProps = {
  readonly look?: StatusLook | undefined;
  readonly count: number;
  readonly pressed: boolean;
  readonly onPress: () => void;
};

function Chip({ look, count, pressed, onPress }: ChipProps) {
  const { t, language } = useI18n();
  return (
    <Tooltip
      label={look && t(look.hint)}
      disabled={!look}
      multiline
      maw={300}
      events={{ hover: true, focus: true, touch: false }}
    >
      <UnstyledButton
        className={classes.chip}
        aria-pressed={pressed}
        data-tone={look?.tone}
        data-empty={count === 0 || undefined}
        onClick={onPress}
      >
        {look && <Icon name={look.icon} size={14} />}
        <span>{t(look?.label ?? 'status.all')}</span>
        <span className={classes.count}>{formatCount(count, language)}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
