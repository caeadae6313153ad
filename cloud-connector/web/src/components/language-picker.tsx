import { SegmentedControl } from '@mantine/core';
import { useI18n } from '@/lib/i18n/i18n-context';
import { isLanguage, LANGUAGES } from '@/lib/i18n/languages';

const CHOICES = Object.entries(LANGUAGES).map(([value, name]) => ({
  value,
  label: <span lang={value}>{name}</span>,
}));

export function LanguagePicker() {
  const { language, setLanguage, t } = useI18n();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language.label')}
      data={CHOICES}
      value={language}
      onChange={(chosen) => {
        if (isLanguage(chosen)) {
          setLanguage(chosen);
        }
      }}
    />
  );
}
