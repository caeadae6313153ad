import { Stack, Text } from '@mantine/core';
import classes from '@/features/commands/commands.module.css';
import { Icon } from '@/components/icon';
import { useReadiness } from '@/features/commands/api/queries';
import type { ReadinessPoint, Target } from '@/features/commands/api/types';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Whether the command would work now, and what is against it. */
export function ReadinessList({ target, type }: { target: Target; type: string }) {
  const { t } = useI18n();
  const readiness = useReadiness(target, type);
  if (!readiness.data) {
    return null;
  }
  const { points } = readiness.data;
  const told = points.filter((point) => point.ok !== true);
  return (
    <Stack gap={4} data-testid="readiness" data-ready={readiness.data.ready} role="status">
      {told.length === 0 ? (
        <Line icon="check" tone="good" text={t('readiness.ready')} />
      ) : (
        told.map((point) => <Line key={point.name} {...lookOf(point)} text={point.reason} />)
      )}
    </Stack>
  );
}

function lookOf({ ok, blocking }: ReadinessPoint) {
  if (ok === null) {
    return { icon: 'question', tone: 'quiet' } as const;
  }
  return blocking ? ({ icon: 'alert', tone: 'bad' } as const) : ({ icon: 'clock', tone: 'warn' } as const);
}

function Line({
  icon,
  tone,
  text,
}: {
  icon: 'check' | 'question' | 'alert' | 'clock';
  tone: string;
  text: string;
}) {
  return (
    <div className={classes.point} data-tone={tone}>
      <Icon name={icon} size={14} />
      <Text span size="sm" c="var(--mantine-color-text)">
        {text}
      </Text>
    </div>
  );
}
