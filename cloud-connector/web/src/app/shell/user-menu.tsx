import { Button, Divider, Popover, Stack, Text } from '@mantine/core';
import { Icon } from '@/components/icon';
import { LanguagePicker } from '@/components/language-picker';
import { ThemePicker } from '@/components/theme-picker';
import { useLogout } from '@/features/auth/api/logout';
import { useSession } from '@/features/auth/api/session';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Who is signed in, the settings of this browser, and the way out. */
export function UserMenu() {
  const { t } = useI18n();
  const session = useSession();
  const logout = useLogout();
  if (session.data?.kind !== 'user') {
    return null;
  }
  const { username, role } = session.data.user;
  return (
    <Popover position="bottom-end" width={232} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          maw="9rem"
          px={6}
          aria-label={t('user.menu', { name: username })}
          data-testid="user-menu"
        >
          <Icon name="user" />
          <Text span fz="sm" fw={500} ml={8} truncate visibleFrom="xs">
            {username}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('user.menu', { name: username })}>
        <Stack gap="xs">
          <div>
            <Text size="sm" fw={600} truncate>
              {username}
            </Text>
            <Text size="xs" c="var(--console-text-2)">
              {t('user.role', { role })}
            </Text>
          </div>
          <Setting label={t('language.label')}>
            <LanguagePicker />
          </Setting>
          <Setting label={t('theme.label')}>
            <ThemePicker />
          </Setting>
          <Divider color="var(--console-line)" />
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="logout" />}
            data-testid="logout"
            loading={logout.isPending}
            onClick={() => {
              logout.mutate();
            }}
          >
            {t('user.logout')}
          </Button>
          {logout.data === false && (
            <Text role="alert" size="xs" data-tone="bad" c="var(--tone-text)">
              {t('user.logoutFailed')}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Setting({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Stack gap={4}>
      <Text size="xs" c="var(--console-text-2)" aria-hidden="true">
        {label}
      </Text>
      {children}
    </Stack>
  );
}
