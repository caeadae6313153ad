import { ActionIcon, TextInput } from '@mantine/core';
import { Icon } from '@/components/icon';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

export function SearchBox({ label, value, onChange }: Props) {
  const { t } = useI18n();
  return (
    <TextInput
      type="search"
      size="xs"
      w={{ base: '100%', xs: '14rem' }}
      aria-label={label}
      placeholder={label}
      value={value}
      maxLength={100}
      leftSection={<Icon name="search" size={14} />}
      rightSection={
        value !== '' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('search.clear')}
            onClick={() => {
              onChange('');
            }}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        )
      }
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          onChange('');
        }
      }}
    />
  );
}
