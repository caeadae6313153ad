import { createContext, useContext } from 'react';
import type { Language } from '@/lib/i18n/languages';
import { type Translate, translator } from '@/lib/i18n/translate';

export type I18n = {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
};

export const I18nContext = createContext<I18n>({
  language: 'en',
  setLanguage: () => undefined,
  t: translator('en'),
});

export function useI18n(): I18n {
  return useContext(I18nContext);
}
