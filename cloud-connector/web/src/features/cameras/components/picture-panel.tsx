import { Button, Group, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { RunProblem } from '@/components/run-problem';
import { Thumbnail } from '@/components/thumbnail';
import { type Device, runCommand } from '@/lib/commands/run-command';
import { NoResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useMinute } from '@/lib/time/use-minute';

type Props = {
  readonly camera: Device;
  readonly mayAsk: boolean;
  readonly className: string;
};

const MINUTE_MS = 60_000;

/** The newest picture of a camera; another on demand. */
export function PicturePanel({ camera, mayAsk, className }: Props) {
  const { t } = useI18n();
  const now = useMinute();
  const [taken, setTaken] = useState(0);
  const taking = useMutation({
    mutationFn: () => runCommand(camera, 'camera_get_snapshot', {}),
    onSuccess: (answer) => {
      if (answer.ok) {
        setTaken(taken + 1);
      }
    },
  });
  return (
    <section className={className} aria-labelledby="picture">
      <Group gap="sm" mb="xs">
        <Title order={2} size="h5" id="picture">
          {t('camera.picture')}
        </Title>
        {mayAsk && (
          <Button
            size="compact-xs"
            variant="default"
            data-testid="take-picture"
            loading={taking.isPending}
            onClick={() => {
              taking.mutate();
            }}
          >
            {t('camera.takePicture')}
          </Button>
        )}
      </Group>
      <Thumbnail
        gatewayId={camera.gatewayId}
        id={camera.id}
        name={camera.id}
        size="large"
        turn={Math.floor(now / MINUTE_MS) + taken}
      />
      {taking.data?.ok === false && (
        <RunProblem error={new NoResult(taking.data.error)} what={t('camera.taking')} />
      )}
    </section>
  );
}
