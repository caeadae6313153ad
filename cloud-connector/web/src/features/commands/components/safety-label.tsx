import { Badge } from '@mantine/core';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { MessageKey } from '@/lib/i18n/translate';

const LOOKS: Readonly<Partial<Record<string, { label: MessageKey; tone: string }>>> = {
  READ_ONLY: { label: 'safety.READ_ONLY', tone: 'quiet' },
  CHANGES_STATE: { label: 'safety.CHANGES_STATE', tone: 'busy' },
  DISRUPTIVE: { label: 'safety.DISRUPTIVE', tone: 'warn' },
  SAFETY_CRITICAL: { label: 'safety.SAFETY_CRITICAL', tone: 'bad' },
};

/** How much a command can do. */
export function SafetyLabel({ safety }: { safety: string }) {
  const { t } = useI18n();
  const look = LOOKS[safety];
  return (
    <Badge
      size="sm"
      radius="sm"
      tt="none"
      data-tone={look?.tone ?? 'quiet'}
      style={{ color: 'var(--tone-text)', background: 'var(--tone-fill)' }}
    >
      {look ? t(look.label) : safety}
    </Badge>
  );
}
