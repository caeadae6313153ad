import { Center, Loader } from '@mantine/core';
import { useParams } from 'react-router';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { ApiProblem } from '@/components/api-problem';
import classes from '@/features/commands/commands.module.css';
import { useFleet } from '@/features/commands/fleet/api';
import { FleetDetail } from '@/features/commands/fleet/fleet-detail';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** One command for many devices, live. */
export function FleetCommandPage() {
  const { t } = useI18n();
  const { id = '' } = useParams();
  const viewer = useViewer();
  const fleet = useFleet(id);
  useTitle(t('nav.fleet'));
  if (fleet.data) {
    return (
      <div className={classes.page}>
        <FleetDetail fleet={fleet.data} viewer={viewer} />
      </div>
    );
  }
  if (fleet.error instanceof Unavailable) {
    const { reason } = fleet.error;
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
