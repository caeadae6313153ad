import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { RunProblem } from '@/components/run-problem';
import classes from '@/features/cameras/ptz/ptz.module.css';
import { type Device, runCommand } from '@/lib/commands/run-command';
import { NoResult, useResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import { type JsonObject, objectsOf, textOf } from '@/lib/json';

const LIST = { action: 'list' } as const;

/** The positions that a camera remembers. */
export function Presets({ camera }: { readonly camera: Device }) {
  const { t } = useI18n();
  const [wanted, want] = useState(false);
  const [name, setName] = useState('');
  const [sure, setSure] = useState<string | null>(null);
  const list = useResult(camera, 'camera_ptz_presets', LIST, wanted);
  const doing = useMutation({
    mutationFn: (params: JsonObject) => runCommand(camera, 'camera_ptz_presets', params),
    onSuccess: (answer, { action }) => {
      if (answer.ok && (action === 'set' || action === 'remove')) {
        setName('');
        want(true);
        void list.refetch();
      }
    },
  });
  const presets = objectsOf(list.data?.result['presets']);
  return (
    <div className={classes.presets} data-testid="presets">
      <Group gap="sm" mb={4}>
        <Title order={3} size="h6">
          {t('ptz.presets')}
        </Title>
        <Button
          size="compact-xs"
          variant="default"
          data-testid="read-presets"
          loading={list.isFetching}
          onClick={() => {
            if (wanted) {
              void list.refetch();
            }
            want(true);
          }}
        >
          {t('ptz.readPresets')}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            doing.mutate({ action: 'home' });
          }}
        >
          {t('ptz.home')}
        </Button>
      </Group>
      {list.error && (
        <RunProblem error={list.error} what={t('ptz.presets')} onRetry={() => void list.refetch()} />
      )}
      {list.data && presets.length === 0 && <Text size="sm">{t('ptz.noPresets')}</Text>}
      {presets.map((preset) => {
        const token = textOf(preset['token']) ?? '';
        return (
          <div key={token} className={classes.preset} data-testid={`preset-${token}`}>
            <span>{textOf(preset['name']) ?? token}</span>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                doing.mutate({ action: 'go', preset: token });
              }}
            >
              {t('ptz.go')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="red"
              onBlur={() => {
                setSure(null);
              }}
              onClick={() => {
                if (sure === token) {
                  doing.mutate({ action: 'remove', preset: token });
                }
                setSure(sure === token ? null : token);
              }}
            >
              {t(sure === token ? 'ptz.removeSure' : 'ptz.remove')}
            </Button>
          </div>
        );
      })}
      <Group gap="xs" mt="xs" align="flex-end">
        <TextInput
          size="xs"
          label={t('ptz.name')}
          maxLength={64}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <Button
          size="xs"
          variant="default"
          disabled={name.trim() === ''}
          loading={doing.isPending}
          onClick={() => {
            doing.mutate({ action: 'set', name: name.trim() });
          }}
        >
          {t('ptz.set')}
        </Button>
      </Group>
      {doing.data?.ok === false && (
        <RunProblem error={new NoResult(doing.data.error)} what={t('ptz.presets')} />
      )}
    </div>
  );
}
