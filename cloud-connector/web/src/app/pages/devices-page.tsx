import { Group } from '@mantine/core';
import classes from '@/app/pages/gateways-page.module.css';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { FindCameras } from '@/features/cameras/components/find-cameras';
import { maySend } from '@/features/commands/rights';
import { DeviceSection } from '@/features/devices/components/device-section';
import { DEVICE_KINDS, type DeviceKind } from '@/features/devices/device-looks';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useGateways } from '@/lib/live/use-live';

/** Every camera, or every recorder. */
export function DevicesPage({ kind }: { kind: DeviceKind }) {
  const { t } = useI18n();
  const viewer = useViewer();
  const gateways = useGateways();
  useTitle(t(DEVICE_KINDS[kind].title));
  return (
    <div className={classes.page}>
      <Group justify="space-between">
        <h1 className={classes.title}>{t(DEVICE_KINDS[kind].title)}</h1>
        {kind === 'CAMERA' && maySend(viewer) && <FindCameras gateways={gateways.map(({ id }) => id)} />}
      </Group>
      <DeviceSection kind={kind} />
    </div>
  );
}
