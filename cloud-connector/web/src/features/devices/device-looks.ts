import type { StatusLooks } from '@/components/status-looks';

/** Worst first. */
export const DEVICE_STATUSES = ['fault', 'offline', 'unknown', 'online'] as const;

export const DEVICE_LOOKS: StatusLooks = {
  online: { label: 'status.online', hint: 'deviceHint.online', icon: 'check', tone: 'good' },
  fault: { label: 'status.fault', hint: 'deviceHint.fault', icon: 'alert', tone: 'bad' },
  offline: { label: 'status.offline', hint: 'deviceHint.offline', icon: 'unplugged', tone: 'warn' },
  unknown: { label: 'status.unknown', hint: 'deviceHint.unknown', icon: 'question', tone: 'quiet' },
};

/** What is particular to the devices of a kind that have a list of their own. */
export const DEVICE_KINDS = {
  CAMERA: { path: '/dashboard/cameras', title: 'cameras.title', none: 'cameras.none' },
  NVR: { path: '/dashboard/nvrs', title: 'nvrs.title', none: 'nvrs.none' },
} as const;

export type DeviceKind = keyof typeof DEVICE_KINDS;

/** The page of a device; its id is unique within its gateway alone. */
export function devicePath(kind: DeviceKind, gatewayId: string, id: string): string {
  return `${DEVICE_KINDS[kind].path}/${encodeURIComponent(gatewayId)}/${encodeURIComponent(id)}`;
}
