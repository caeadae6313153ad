import type { Translate } from '@/lib/i18n/translate';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago in at most two units: `7 s`, `4 min 05 s`, `3 h 12 min`, `2 d 4 h`. A time ahead of the server counts as now. */
export function formatAge(ageMs: number, t: Translate): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < MINUTE) {
    return t('age.seconds', { s: seconds });
  }
  if (seconds < HOUR) {
    return t('age.minutes', { m: Math.floor(seconds / MINUTE), s: twoDigits(seconds % MINUTE) });
  }
  if (seconds < DAY) {
    return t('age.hours', {
      h: Math.floor(seconds / HOUR),
      m: twoDigits(Math.floor((seconds % HOUR) / MINUTE)),
    });
  }
  return t('age.days', { d: Math.floor(seconds / DAY), h: Math.floor((seconds % DAY) / HOUR) });
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
