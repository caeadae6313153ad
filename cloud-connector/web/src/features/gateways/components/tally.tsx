import { useI18n } from '@/lib/i18n/i18n-context';
import { formatCount } from '@/lib/time/format-time';

/** A number of things; an alarming one stands out when it is not zero. */
export function Tally({ value, alarming = false }: { value: number; alarming?: boolean }) {
  const { language } = useI18n();
  const text = formatCount(value, language);
  return alarming && value > 0 ? (
    <strong data-tone="bad" style={{ color: 'var(--tone-text)' }}>
      {text}
    </strong>
  ) : (
    <>{text}</>
  );
}
