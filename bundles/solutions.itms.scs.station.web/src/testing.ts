import type { Device } from '@/lib/types';

/** A device for a test, online and never set unless the test says otherwise. */
export function device(id: string, more: Partial<Device> = {}): Device {
  return {
    id,
    deviceIp: '192.168.1.101',
    status: 'online',
    reportedStatus: 'online',
    lastHeartbeat: '2025-08-14T13:31:52Z',
    receivedAt: '2025-08-14T13:31:52.000Z',
    operation: null,
    aisleMode: null,
    inserviceLast: null,
    ...more,
  };
}
