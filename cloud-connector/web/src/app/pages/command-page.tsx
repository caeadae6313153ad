import { Center, Loader } from '@mantine/core';
import { useParams } from 'react-router';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { useCommand } from '@/features/commands/api/queries';
import { ArtifactList } from '@/features/artifacts/components/artifact-list';
import { ApiProblem } from '@/components/api-problem';
import { CommandDetail } from '@/features/commands/components/command-detail';
import { DecisionPanel } from '@/features/commands/components/decision-panel';
import classes from '@/features/commands/commands.module.css';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** One command, live. */
export function CommandPage() {
  const { t } = useI18n();
  const { id = '' } = useParams();
  const viewer = useViewer();
  const command = useCommand(id);
  useTitle(t('command.title'));

  if (command.data) {
    return (
      <div className={classes.page}>
        <CommandDetail
          command={command.data}
          files={<ArtifactList commandId={id} result={command.data.result} className={classes.panel ?? ''} />}
        >
          <DecisionPanel key={command.data.state} command={command.data} viewer={viewer} />
        </CommandDetail>
      </div>
    );
  }
  if (command.error instanceof Unavailable) {
    const { reason } = command.error;
    return reason.kind === 'refused' && reason.status === 404 ? (
      <NotFoundPage />
    ) : (
      <div className={classes.page}>
        <ApiProblem error={reason} />
      </div>
    );
  }
  return (
    <Center h="60dvh">
      <Loader aria-label={t('table.loading')} />
    </Center>
  );
}
