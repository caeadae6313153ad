import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { I18nContext } from '@/lib/i18n/i18n-context';
import { initialLanguage, type Language, LANGUAGE_SETTING } from '@/lib/i18n/languages';
import { translator } from '@/lib/i18n/translate';
import { writeSetting } from '@/lib/storage';

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const i18n = useMemo(
    () => ({
      language,
      t: translator(language),
      setLanguage: (chosen: Language) => {
        writeSetting(LANGUAGE_SETTING, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );

  return <I18nContext value={i18n}>{children}</I18nContext>;
}
