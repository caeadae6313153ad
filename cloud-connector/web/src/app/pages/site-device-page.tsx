import { useMemo } from 'react';
import { useParams } from 'react-router';
import { DeviceLayout, DeviceLoading } from '@/app/pages/device-layout';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { useTitle } from '@/app/use-title';
import { useViewer } from '@/app/viewer';
import { ApiProblem } from '@/components/api-problem';
import { CameraPanels } from '@/features/cameras/components/camera-panels';
import type { Target } from '@/features/commands/api/types';
import classes from '@/features/commands/commands.module.css';
import { maySend } from '@/features/commands/rights';
import { useDevice } from '@/features/devices/api';
import { DeviceFacts } from '@/features/devices/components/device-facts';
import { DEVICE_LOOKS, type DeviceKind } from '@/features/devices/device-looks';
import { RecorderPanels } from '@/features/recordings/components/recorder-panels';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** A camera or a recorder: what it is, how it is, what was asked of it, and what can be. */
export function SiteDevicePage({ kind }: { kind: DeviceKind }) {
  const { t } = useI18n();
  const { gatewayId = '', deviceId = '' } = useParams();
  const viewer = useViewer();
  const found = useDevice(gatewayId, deviceId);
  const target = useMemo<Target>(() => ({ gatewayId, id: deviceId, kind }), [gatewayId, deviceId, kind]);
  useTitle(found.data?.name ?? deviceId);

  if (found.error instanceof Unavailable && !found.data) {
    const { reason } = found.error;
    return reason.kind === 'refused' && reason.status === 404 ? (
      <NotFoundPage />
    ) : (
      <ApiProblem error={reason} />
    );
  }
  const device = found.data;
  if (!device) {
    return <DeviceLoading />;
  }
  const panel = classes.panel ?? '';
  return (
    <DeviceLayout
      title={device.name ?? device.id}
      target={target}
      status={device.status}
      looks={DEVICE_LOOKS}
      lastSeen={device.lastSeen}
    >
      {kind === 'NVR' && (
        <RecorderPanels
          key={`${gatewayId} ${deviceId}`}
          nvr={target}
          mayAsk={maySend(viewer)}
          viewer={viewer}
          panelClass={panel}
        />
      )}
      {kind === 'CAMERA' && (
        <CameraPanels
          key={`${gatewayId} ${deviceId}`}
          camera={target}
          mayAsk={maySend(viewer)}
          panelClass={panel}
        />
      )}
      <section className={panel} aria-label={t('devices.facts')}>
        <DeviceFacts device={device} />
      </section>
    </DeviceLayout>
  );
}
