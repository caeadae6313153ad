import { Tooltip } from '@mantine/core';
import { Nothing } from '@/components/age';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatFull, formatTime } from '@/lib/time/format-time';

/** A moment in the browser's time zone: the time of day, with the date when that is not today. */
export function Moment({ at }: { at: string | null }) {
  const { language } = useI18n();
  if (at === null) {
    return <Nothing />;
  }
  const moment = new Date(at);
  return (
    <Tooltip label={formatFull(moment, language)}>
      <time dateTime={at}>{formatTime(moment, new Date(), language)}</time>
    </Tooltip>
  );
}
