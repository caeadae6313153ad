import { Burger, Group, Text } from '@mantine/core';
import { UserMenu } from '@/app/shell/user-menu';
import { ConnectionBadge } from '@/components/connection-badge';
import { Logo } from '@/components/logo';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly navigationOpen: boolean;
  readonly onToggleNavigation: () => void;
  readonly onRetry: () => void;
};

export function Header({ navigationOpen, onToggleNavigation, onRetry }: Props) {
  const { t } = useI18n();
  return (
    <Group h="100%" px="sm" gap="xs" wrap="nowrap">
      <Burger
        opened={navigationOpen}
        onClick={onToggleNavigation}
        hiddenFrom="sm"
        size="sm"
        aria-label={t(navigationOpen ? 'nav.close' : 'nav.open')}
      />
      <Logo size={24} />
      <Text fw={650} style={{ whiteSpace: 'nowrap' }} visibleFrom="xs">
        {t('product.name')}
      </Text>
      <Group gap="xs" ml="auto" wrap="nowrap" miw={0}>
        <ConnectionBadge onRetry={onRetry} />
        <UserMenu />
      </Group>
    </Group>
  );
}
