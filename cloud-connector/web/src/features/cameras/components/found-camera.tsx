import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ApiProblem } from '@/components/api-problem';
import classes from '@/features/cameras/components/cameras.module.css';
import { sendCommand } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { type JsonObject, textOf } from '@/lib/json';

/** A camera that a search found: one of ours already, or one that can be added. */
export function FoundCamera({ gateway, camera }: { gateway: string; camera: JsonObject }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const address = textOf(camera['address']) ?? '';
  const name = textOf(camera['name']);
  const ours = textOf(camera['camera']);
  const adding = useMutation({
    mutationFn: () => sendCommand({ gatewayId: gateway, id: gateway }, 'camera_add', { address }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['devices'] }),
  });
  const sent = adding.data?.ok === true ? adding.data.value : null;
  return (
    <div className={classes.found} data-testid={`found-${address}`}>
      <div>
        <Text size="sm" fw={550}>
          {name ?? address}
        </Text>
        <Text size="xs" c="var(--console-text-2)">
          {[name === null ? null : address, textOf(camera['hardware']), textOf(camera['location'])]
            .filter((part) => part !== null)
            .join(' · ')}
        </Text>
        {adding.data?.ok === false && <ApiProblem error={adding.data.error} />}
      </div>
      <Group gap="xs">
        {ours !== null ? (
          <Anchor
            component={Link}
            size="sm"
            to={`/dashboard/cameras/${encodeURIComponent(gateway)}/${encodeURIComponent(ours)}`}
          >
            {t('find.ours', { camera: ours })}
          </Anchor>
        ) : sent === null ? (
          <Button
            size="compact-sm"
            data-testid={`add-${address}`}
            loading={adding.isPending}
            onClick={() => {
              adding.mutate();
            }}
          >
            {t('find.add')}
          </Button>
        ) : (
          <Anchor
            component={Link}
            size="sm"
            data-testid={`added-${address}`}
            to={`/dashboard/commands/${encodeURIComponent(sent.id)}`}
          >
            {t(sent.state === 'PENDING_APPROVAL' ? 'find.waits' : 'find.sent')}
          </Anchor>
        )}
      </Group>
    </div>
  );
}
