import { useMemo } from 'react';
import { useParams } from 'react-router';
import { DeviceLayout, DeviceLoading } from '@/app/pages/device-layout';
import { NotFoundPage } from '@/app/pages/not-found-page';
import { useTitle } from '@/app/use-title';
import { GATE_LOOKS, GATEWAY_LOOKS } from '@/components/status-looks';
import type { Target } from '@/features/commands/api/types';
import { useGates, useGateways, useLoaded } from '@/lib/live/use-live';

/** A gateway or one of its gates: how it is, what was asked of it, and what can be. */
export function DevicePage() {
  const { gatewayId = '', gateId } = useParams();
  const loaded = useLoaded();
  const gateway = useGateways().find((one) => one.id === gatewayId);
  const gate = useGates().find((one) => one.gatewayId === gatewayId && one.id === gateId);
  const device = gateId === undefined ? gateway : gate;
  const id = gateId ?? gatewayId;
  const target = useMemo<Target>(
    () => ({ gatewayId, id, kind: gateId === undefined ? 'EDGE_CONTROLLER' : 'GATE' }),
    [gatewayId, gateId, id],
  );
  useTitle(id);

  if (!loaded) {
    return <DeviceLoading />;
  }
  if (!device) {
    return <NotFoundPage />;
  }
  return (
    <DeviceLayout
      title={id}
      target={target}
      status={device.status}
      looks={gateId === undefined ? GATEWAY_LOOKS : GATE_LOOKS}
      lastSeen={device.lastSeen}
    />
  );
}
