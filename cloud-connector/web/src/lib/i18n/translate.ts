import { en } from '@/lib/i18n/en';
import type { Language } from '@/lib/i18n/languages';
import { th } from '@/lib/i18n/th';

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export const DICTIONARIES: Readonly<Record<Language, Messages>> = { en, th };

/** The text of the key with `{name}` replaced by the value of that name. */
export function translator(language: Language): Translate {
  const messages = DICTIONARIES[language];
  return (key, values = {}) =>
    messages[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
