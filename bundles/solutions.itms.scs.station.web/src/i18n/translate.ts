import { en, type Key } from '@/i18n/en';
import { th } from '@/i18n/th';

export const LANGUAGES = ['en', 'th'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Values = Record<string, string | number>;
export type Translate = (key: Key, values?: Values) => string;

const TEXTS: Record<Language, Record<Key, string>> = { en, th };

export function translator(language: Language): Translate {
  const texts = TEXTS[language];
  return (key, values) => fill(texts[key], values);
}

/** The text of a key that is made from what the station says, or what else to show. */
export function translateIfKnown(t: Translate, key: string, otherwise: string, values?: Values): string {
  return key in en ? t(key as Key, values) : otherwise;
}

function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
