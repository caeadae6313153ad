import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useTitle } from '@/app/use-title';
import { useI18n } from '@/lib/i18n/i18n-context';

export function NotFoundPage() {
  const { t } = useI18n();
  useTitle(t('notFound.title'));
  return (
    <Stack align="center" gap="xs" px="md" pt="15dvh">
      <Text fw={650} fz="2.5rem" lh={1} c="var(--console-text-3)" aria-hidden="true">
        404
      </Text>
      <Title order={1} size="h3" ta="center">
        {t('notFound.title')}
      </Title>
      <Text c="var(--console-text-2)">{t('notFound.text')}</Text>
      <Button component={Link} to="/dashboard/gateways" mt="xs">
        {t('notFound.back')}
      </Button>
    </Stack>
  );
}
