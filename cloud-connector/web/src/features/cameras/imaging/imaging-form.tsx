import { Button, Group, Select, Slider, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Notice } from '@/components/notice';
import { RunProblem } from '@/components/run-problem';
import classes from '@/features/cameras/components/cameras.module.css';
import { changed, type Changes, type Setting } from '@/features/cameras/imaging/model';
import { type Device, runCommand } from '@/lib/commands/run-command';
import { NoResult, resultKey } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = { readonly camera: Device; readonly settings: readonly Setting[] };

const NOTHING = {} as const;

/** Sliders and choices as the camera offers them; sends what was changed and nothing else. */
export function ImagingForm({ camera, settings }: Props) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Changes>({});
  const changes = changed(settings, edited);
  const count = Object.keys(changes).length;
  const sending = useMutation({
    mutationFn: () => runCommand(camera, 'camera_set_imaging', { ...changes }),
    onSuccess: (answer) => {
      if (answer.ok) {
        // the camera says what it has now, which may not be what was asked for
        queries.setQueryData(resultKey(camera, 'camera_get_imaging', NOTHING), {
          at: new Date().toISOString(),
          result: answer.value.result,
        });
      }
    },
  });
  if (settings.length === 0) {
    return <Text size="sm">{t('camera.noImaging')}</Text>;
  }
  const edit = (name: Setting['name'], value: number | string) => {
    setEdited({ ...edited, [name]: value });
  };
  return (
    <div>
      <div className={classes.settings}>
        {settings.map((setting) => (
          <Field key={setting.name} setting={setting} isChanged={setting.name in changes}>
            {setting.kind === 'level' ? (
              <Slider
                size="sm"
                min={setting.min}
                max={setting.max}
                step={setting.step}
                value={Number(edited[setting.name] ?? setting.value ?? setting.min)}
                thumbLabel={t(`camera.${setting.name}`)}
                marks={[
                  { value: setting.min, label: String(setting.min) },
                  { value: setting.max, label: String(setting.max) },
                ]}
                onChange={(value) => {
                  edit(setting.name, value);
                }}
              />
            ) : (
              <Select
                size="xs"
                aria-label={t(`camera.${setting.name}`)}
                data={[...setting.words]}
                value={String(edited[setting.name] ?? setting.value ?? '') || null}
                allowDeselect={false}
                onChange={(value) => {
                  edit(setting.name, value ?? '');
                }}
              />
            )}
          </Field>
        ))}
      </div>
      <Group gap="sm" mt="sm">
        <Button
          size="xs"
          disabled={count === 0}
          loading={sending.isPending}
          data-testid="apply-imaging"
          onClick={() => {
            sending.mutate();
          }}
        >
          {t('camera.applyImaging', { count })}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={count === 0}
          onClick={() => {
            setEdited({});
          }}
        >
          {t('camera.undo')}
        </Button>
        <Text size="xs" c="var(--console-text-2)">
          {t('camera.imagingHint')}
        </Text>
      </Group>
      {sending.data?.ok === false && (
        <RunProblem error={new NoResult(sending.data.error)} what={t('camera.imaging')} />
      )}
      {sending.data?.ok === true && (
        <Notice tone="good" icon="check" role="status">
          {t('camera.applied')}
        </Notice>
      )}
    </div>
  );
}

function Field({
  setting,
  isChanged,
  children,
}: {
  readonly setting: Setting;
  readonly isChanged: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <div
      className={classes.setting}
      data-changed={isChanged || undefined}
      data-testid={`imaging-${setting.name}`}
    >
      <div className={classes.label}>
        <span>{t(`camera.${setting.name}`)}</span>
        <span className={classes.was}>{setting.value ?? '–'}</span>
      </div>
      {children}
    </div>
  );
}
