import { Tooltip } from '@mantine/core';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useServerOffset } from '@/lib/live/use-live';
import { formatAge } from '@/lib/time/format-age';
import { formatFull } from '@/lib/time/format-time';
import { useTick } from '@/lib/time/ticker';

/** How long ago by the server's clock, ticking; the moment itself in the tooltip. */
export function Age({ at, ago = false }: { at: string | null; ago?: boolean }) {
  const { t, language } = useI18n();
  const now = useTick() + useServerOffset();
  if (at === null) {
    return <Nothing />;
  }
  const age = formatAge(now - Date.parse(at), t);
  return (
    <Tooltip label={formatFull(new Date(at), language)}>
      <time dateTime={at}>{ago ? t('age.ago', { age }) : age}</time>
    </Tooltip>
  );
}

/** Where there is nothing to show. */
export function Nothing() {
  return <span style={{ color: 'var(--console-text-3)' }}>–</span>;
}
