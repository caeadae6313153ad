import type { Language } from '@/lib/i18n/languages';

const LOCALES: Record<Language, string> = { en: 'en-GB', th: 'th-TH' };

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  language: Language,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], options);
  formatters.set(key, known);
  return known;
}

/** The time of day when it is today, with the date before it when not; in the browser's time zone. */
export function formatTime(at: Date, now: Date, language: Language): string {
  const time = formatter(language, 'time', { timeStyle: 'medium', hourCycle: 'h23' }).format(at);
  if (at.toDateString() === now.toDateString()) {
    return time;
  }
  const sameYear = at.getFullYear() === now.getFullYear();
  const date = sameYear
    ? formatter(language, 'day', { day: 'numeric', month: 'short' }).format(at)
    : formatter(language, 'date', { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  return `${date} ${time}`;
}

/** Everything there is to know about the moment: local date and time with zone. */
export function formatFull(at: Date, language: Language): string {
  return formatter(language, 'full', {
    dateStyle: 'medium',
    timeStyle: 'long',
    hourCycle: 'h23',
  }).format(at);
}

/** The time of day alone. */
export function formatClock(at: Date, language: Language, seconds: boolean): string {
  return formatter(language, seconds ? 'clockSeconds' : 'clock', {
    timeStyle: seconds ? 'medium' : 'short',
    hourCycle: 'h23',
  }).format(at);
}

/** The day of the week and the date. */
export function formatDay(at: Date, language: Language): string {
  return formatter(language, 'weekday', { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

/** Date and time to the second, without a zone. */
export function formatExact(at: Date, language: Language): string {
  return formatter(language, 'exact', { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(
    at,
  );
}

/** The browser's time zone with how far it is from UTC: `Asia/Bangkok (UTC+07:00)`. */
export function timeZone(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const pad = (value: number) => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
  return `${Intl.DateTimeFormat().resolvedOptions().timeZone} (UTC${offset})`;
}

/** As an input of type `datetime-local` with seconds wants it, in the browser's time zone. */
export function toLocalInput(at: number): string {
  const moment = new Date(at);
  const shifted = new Date(at - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/** What such an input holds; null when that is no moment. */
export function fromLocalInput(text: string): number | null {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}

export function formatCount(value: number, language: Language): string {
  return value.toLocaleString(LOCALES[language]);
}
