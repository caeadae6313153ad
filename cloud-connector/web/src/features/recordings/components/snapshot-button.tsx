import { Anchor, Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { RunProblem } from '@/components/run-problem';
import { type Device, runCommand } from '@/lib/commands/run-command';
import { NoResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import { textOf } from '@/lib/json';
import { Moment } from '@/components/moment';

type Props = { readonly nvr: Device; readonly channel: string; readonly at: number };

/** The picture at a moment, as a file of the command that fetches it. */
export function SnapshotButton({ nvr, channel, at }: Props) {
  const { t } = useI18n();
  const run = useMutation({
    mutationFn: async (moment: number) => {
      const result = await runCommand(nvr, 'export_snapshot_at', {
        channel,
        at: new Date(moment).toISOString(),
      });
      return { moment, result };
    },
  });
  const shown = run.data?.moment === at ? run.data.result : undefined;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        data-testid="snapshot"
        loading={run.isPending}
        onClick={() => {
          run.mutate(at);
        }}
      >
        {t('export.snapshot')}
      </Button>
      {shown?.ok === true && (
        <Text size="xs" component="span" pb={6} role="status">
          {t('export.snapshotDone')} <Moment at={textOf(shown.value.result['at'])} />
          {'. '}
          <Anchor component={Link} size="xs" to={`/dashboard/commands/${encodeURIComponent(shown.value.id)}`}>
            {t('export.snapshotOpen')}
          </Anchor>
        </Text>
      )}
      {shown?.ok === false && (
        <RunProblem error={new NoResult(shown.error)} what={t('export.snapshotWhat')} />
      )}
    </>
  );
}
