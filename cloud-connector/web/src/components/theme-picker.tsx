import { SegmentedControl, Tooltip, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { Icon, type IconName } from '@/components/icon';
import { useI18n } from '@/lib/i18n/i18n-context';

const SCHEMES = [
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
  { value: 'auto', icon: 'device' },
] as const satisfies readonly { value: string; icon: IconName }[];

export function ThemePicker() {
  const { t } = useI18n();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('theme.label')}
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map(({ value, icon }) => ({
        value,
        label: (
          <Tooltip label={t(`theme.${value}`)}>
            <span style={{ display: 'inline-flex', padding: '2px 0' }}>
              <Icon name={icon} size={15} />
              <VisuallyHidden>{t(`theme.${value}`)}</VisuallyHidden>
            </span>
          </Tooltip>
        ),
      }))}
    />
  );
}
