import { Button, Group, Loader, Modal, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import { RunProblem } from '@/components/run-problem';
import { FoundCamera } from '@/features/cameras/components/found-camera';
import { useResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import { objectsOf, textOf } from '@/lib/json';

const SEARCH = { seconds: 5 } as const;

/** Asks a gateway for cameras in its networks, and makes cameras of those that somebody wants. */
export function FindCameras({ gateways }: { gateways: readonly string[] }) {
  const { t } = useI18n();
  const [opened, { open, close }] = useDisclosure(false);
  const [chosen, choose] = useState<string | null>(null);
  const gateway = chosen ?? gateways[0] ?? null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Icon name="search" size={14} />}
        disabled={gateway === null}
        data-testid="find-cameras"
        onClick={open}
      >
        {t('find.title')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={t('find.title')}
        closeButtonProps={{ 'aria-label': t('send.close') }}
      >
        {gateways.length > 1 && (
          <Select
            mb="sm"
            size="xs"
            label={t('find.gateway')}
            data={[...gateways]}
            value={gateway}
            allowDeselect={false}
            searchable
            onChange={choose}
          />
        )}
        {gateway !== null && <Search key={gateway} gateway={gateway} />}
      </Modal>
    </>
  );
}

function Search({ gateway }: { gateway: string }) {
  const { t } = useI18n();
  const asked = useResult({ gatewayId: gateway, id: gateway }, 'camera_discover', SEARCH, true);
  const cameras = objectsOf(asked.data?.result['cameras']);
  const again = () => void asked.refetch();
  if (asked.error && !asked.isFetching) {
    return <RunProblem error={asked.error} what={t('find.title')} onRetry={again} />;
  }
  return (
    <div data-testid="found">
      {asked.isFetching ? (
        <Group gap="xs" mb="sm" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('find.searching', { gateway })}</Text>
        </Group>
      ) : (
        <Group gap="xs" mb="sm">
          <Text size="sm">{t('find.count', { count: cameras.length })}</Text>
          <Button size="compact-xs" variant="default" onClick={again} data-testid="find-again">
            {t('find.again')}
          </Button>
        </Group>
      )}
      {cameras.map((camera) => (
        <FoundCamera key={textOf(camera['endpoint']) ?? ''} gateway={gateway} camera={camera} />
      ))}
      <Text size="xs" c="var(--console-text-2)" mt="sm">
        {t('find.user')}
      </Text>
    </div>
  );
}
