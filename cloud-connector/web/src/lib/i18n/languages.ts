import { readSetting } from '@/lib/storage';

export const LANGUAGES = { en: 'English', th: 'ไทย' } as const;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_SETTING = 'scs:language';

export function isLanguage(value: string | null): value is Language {
  return value !== null && Object.hasOwn(LANGUAGES, value);
}

/** What was chosen here before, else the browser's language, else English. */
export function initialLanguage(): Language {
  const chosen = readSetting(LANGUAGE_SETTING);
  if (isLanguage(chosen)) {
    return chosen;
  }
  return navigator.language.toLowerCase().startsWith('th') ? 'th' : 'en';
}
