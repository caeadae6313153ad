import { useQuery } from '@tanstack/react-query';
import { allDevices } from '@/lib/all-devices';
import { get } from '@/lib/api-client';

/** A device that a gateway has told of. Times are ISO-8601 UTC. */
export type Device = {
  readonly id: string;
  readonly gatewayId: string;
  readonly type: string;
  readonly parentSensorId: string | null;
  readonly name: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly serial: string | null;
  /** Without credentials. */
  readonly address: string | null;
  readonly profiles: readonly string[];
  readonly status: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
};

/** More than a table is good for. */
const MOST = 20_000;
const LIVE_MS = 10_000;

/** All devices of a kind, asked for again every ten seconds. */
export function useDevices(type: string) {
  return useQuery({
    queryKey: ['devices', type],
    refetchInterval: LIVE_MS,
    queryFn: () => allDevices<Device>(type, MOST),
  });
}

/** One device. */
export function useDevice(gatewayId: string, id: string) {
  return useQuery({
    queryKey: ['devices', 'one', gatewayId, id],
    refetchInterval: LIVE_MS,
    queryFn: () => get<Device>(`/api/v1/devices/${encodeURIComponent(gatewayId)}/${encodeURIComponent(id)}`),
  });
}
