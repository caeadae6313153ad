import { Button, Group, Loader, Title } from '@mantine/core';
import { useState } from 'react';
import { RunProblem } from '@/components/run-problem';
import { ImagingForm } from '@/features/cameras/imaging/imaging-form';
import { settingsOf } from '@/features/cameras/imaging/model';
import type { Device } from '@/lib/commands/run-command';
import { useResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import { objectOf } from '@/lib/json';

type Props = { readonly camera: Device; readonly className: string };

const NOTHING = {} as const;

/** The imaging settings of a camera, read when somebody wants them. */
export function ImagingPanel({ camera, className }: Props) {
  const { t } = useI18n();
  const [wanted, want] = useState(false);
  const options = useResult(camera, 'camera_get_imaging_options', NOTHING, wanted);
  const settings = useResult(camera, 'camera_get_imaging', NOTHING, wanted);
  const error = options.error ?? settings.error;
  const retry = () => {
    void options.refetch();
    void settings.refetch();
  };
  return (
    <section className={className} aria-labelledby="imaging" data-testid="imaging">
      <Group gap="sm" mb="xs">
        <Title order={2} size="h5" id="imaging">
          {t('camera.imaging')}
        </Title>
        <Button
          size="compact-xs"
          variant="default"
          data-testid="read-imaging"
          loading={options.isFetching || settings.isFetching}
          onClick={() => {
            if (wanted) {
              retry();
            }
            want(true);
          }}
        >
          {t('camera.readImaging')}
        </Button>
      </Group>
      {error && <RunProblem error={error} what={t('camera.imaging')} onRetry={retry} />}
      {wanted && !error && (!options.data || !settings.data) && (
        <Loader size="sm" aria-label={t('run.running')} />
      )}
      {options.data && settings.data && (
        <ImagingForm
          key={settings.data.at}
          camera={camera}
          settings={settingsOf(
            objectOf(options.data.result['options']),
            objectOf(settings.data.result['settings']),
          )}
        />
      )}
    </section>
  );
}
