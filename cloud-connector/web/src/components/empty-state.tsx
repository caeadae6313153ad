import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = {
  readonly title?: string;
  readonly text: string;
  readonly children?: ReactNode;
};

/** Where a table has no row: why, and what to do next. */
export function EmptyState({ title, text, children }: Props) {
  return (
    <Stack gap="xs" px="md" py="lg" align="center" w="100%" maw="46rem" mx="auto">
      {title && <Text fw={600}>{title}</Text>}
      <Text size="sm" c="var(--console-text-2)" ta="center">
        {text}
      </Text>
      {children}
    </Stack>
  );
}
