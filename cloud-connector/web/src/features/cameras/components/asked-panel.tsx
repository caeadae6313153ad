import { Button, Group, Loader, Text, Title } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { Moment } from '@/components/moment';
import { RunProblem } from '@/components/run-problem';
import type { Device } from '@/lib/commands/run-command';
import { useResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { JsonObject } from '@/lib/json';

type Props = {
  readonly camera: Device;
  readonly command: string;
  readonly params: JsonObject;
  readonly title: string;
  /** What the button says. */
  readonly ask: string;
  readonly className: string;
  readonly children: (result: JsonObject) => ReactNode;
};

/** Something that the camera is asked for when somebody wants it. */
export function AskedPanel({ camera, command, params, title, ask, className, children }: Props) {
  const { t } = useI18n();
  const id = useId();
  const [wanted, want] = useState(false);
  const asked = useResult(camera, command, params, wanted);
  return (
    <section className={className} aria-labelledby={id} data-testid={command}>
      <Group gap="sm" mb="xs">
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        <Button
          size="compact-xs"
          variant="default"
          data-testid={`ask-${command}`}
          loading={asked.isFetching}
          onClick={() => {
            if (wanted) {
              void asked.refetch();
            }
            want(true);
          }}
        >
          {ask}
        </Button>
        {asked.data && (
          <Text size="xs" c="var(--console-text-2)">
            {t('run.askedAt')} <Moment at={asked.data.at} />
          </Text>
        )}
      </Group>
      {asked.error && <RunProblem error={asked.error} what={title} onRetry={() => void asked.refetch()} />}
      {asked.isFetching && !asked.data && <Loader size="xs" aria-label={t('run.running')} />}
      {asked.data && children(asked.data.result)}
    </section>
  );
}
