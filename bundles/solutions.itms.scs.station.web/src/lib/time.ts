import type { Translate } from '@/i18n/translate';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone);
  if (!known) {
    const options: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'medium' };
    try {
      known = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: zone });
    } catch {
      // a zone that this browser does not know
      known = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: 'UTC' });
    }
    formats.set(zone, known);
  }
  return known;
}

/** Date and time at the station, Gregorian in every language as in the logs: `2026-11-21 14:03:22`. */
export const dateTime = (millis: number, zone: string): string => format(zone).format(millis);

/** Time of the day at the station: `14:03:22`. */
export const timeOfDay = (millis: number, zone: string): string => dateTime(millis, zone).slice(-8);

/** The time alone on the same day, else with its date. */
export function moment(millis: number, now: number, zone: string): string {
  const text = dateTime(millis, zone);
  return text.slice(0, 10) === dateTime(now, zone).slice(0, 10) ? text.slice(-8) : text;
}

/** How long ago something was, in one unit. */
export function age(millis: number, t: Translate): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 100) {
    return t('age.seconds', { n: seconds });
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 100) {
    return t('age.minutes', { n: minutes });
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('age.hours', { n: hours }) : t('age.days', { n: Math.floor(hours / 24) });
}
