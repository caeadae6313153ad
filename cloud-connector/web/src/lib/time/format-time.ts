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

export function formatCount(value: number, language: Language): string {
  return value.toLocaleString(LOCALES[language]);
}
