import type { Device, Operation, Status } from '@/lib/types';
import { STATUSES } from '@/lib/types';

/** A gate: the devices of one aisle. Its two sides may be two devices. */
export type Gate = { id: string; devices: Device[] };

const BY_NUMBER = new Intl.Collator('en', { numeric: true });
const SIDES = ['north', 'south'];

/** The gates of these devices in the order of their ids; a device that names no gate is one by itself. */
export function gatesOf(devices: Iterable<Device>): Gate[] {
  const gates = new Map<string, Device[]>();
  for (const device of devices) {
    const id = device.gateId ?? device.id;
    gates.set(id, [...(gates.get(id) ?? []), device]);
  }
  return [...gates]
    .map(([id, members]) => ({ id, devices: members.sort(bySide) }))
    .sort((a, b) => BY_NUMBER.compare(a.id, b.id));
}

function bySide(a: Device, b: Device): number {
  const rank = (device: Device) => (SIDES.indexOf(device.side ?? '') + SIDES.length + 1) % (SIDES.length + 1);
  return rank(a) - rank(b) || BY_NUMBER.compare(a.id, b.id);
}

export function countByStatus(devices: Iterable<Device>): Record<Status, number> {
  const counts = { fault: 0, offline: 0, maintenance: 0, online: 0 };
  for (const device of devices) {
    counts[device.status]++;
  }
  return counts;
}

/** The one that needs most attention. */
export function worstStatus(devices: Device[]): Status {
  return STATUSES.find((status) => devices.some((device) => device.status === status)) ?? 'online';
}

export const isInService = (operation: Operation | null): boolean =>
  operation?.startsWith('inservice_') ?? false;

/** Whether the flaps stay open in service, which costs fares: the aisle mode survives every change of operation. */
export const isKeptOpen = (device: Device): boolean => device.aisleMode === 1;

/** What is known of whether a gate knows what it is to do: its own asking is all the evidence there is. */
export type Delivery = 'none' | 'asked' | 'waiting';

export function deliveryOf(device: Device, what: 'operation' | 'aisleMode'): Delivery {
  if (device[what] === null) {
    return 'none';
  }
  return device[`${what}DeliveredAt`] ? 'asked' : 'waiting';
}

/** Whether the gate has not asked since something was set. */
export const isWaiting = (device: Device): boolean =>
  deliveryOf(device, 'operation') === 'waiting' || deliveryOf(device, 'aisleMode') === 'waiting';
