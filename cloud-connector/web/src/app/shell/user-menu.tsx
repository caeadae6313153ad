import { Button, Menu, Stack, Text } from '@mantine/core';
import { Icon } from '@/components/icon';
import { LanguagePicker } from '@/components/language-picker';
import { ThemePicker } from '@/components/theme-picker';
import { useLogout } from '@/features/auth/api/logout';
import { useSession } from '@/features/auth/api/session';
import { useI18n } from '@/lib/i18n/i18n-context';

export function UserMenu() {
  const { t } = useI18n();
  const session = useSession();
  const logout = useLogout();
  if (session.data?.kind !== 'user') {
    return null;
  }
  const { username, role } = session.data.user;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          maw="9rem"
          fz="sm"
          leftSection={<Icon name="user" />}
          aria-label={t('user.menu', { name: username })}
          data-testid="user-menu"
        >
          {username}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={2} px="sm" py={6}>
          <Text size="sm" fw={600} truncate>
            {username}
          </Text>
          <Text size="xs" c="var(--console-text-2)">
            {t('user.role', { role })}
          </Text>
        </Stack>
        <Menu.Divider />
        <Stack gap={6} px="sm" py={6}>
          <Text size="xs" c="var(--console-text-2)">
            {t('language.label')}
          </Text>
          <LanguagePicker />
          <Text size="xs" c="var(--console-text-2)">
            {t('theme.label')}
          </Text>
          <ThemePicker />
        </Stack>
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<Icon name="logout" />}
          data-testid="logout"
          disabled={logout.isPending}
          onClick={() => {
            logout.mutate();
          }}
        >
          {t('user.logout')}
        </Menu.Item>
        {logout.data === false && (
          <Text role="alert" size="xs" c="red" px="sm" pb={6}>
            {t('user.logoutFailed')}
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
