import { isInService, isKeptOpen } from '@/lib/gates';
import type { AisleMode, Device, Operation } from '@/lib/types';

/** What somebody wants of devices. */
export type Wanted =
  { kind: 'operation'; operation: Operation } | { kind: 'aisleMode'; mode: AisleMode } | { kind: 'restore' };

/** For which devices: `station` takes in whatever devices the station has by then. */
export type Scope = { station: boolean; devices: Device[]; label: string };

/** What a person should know before they confirm. */
export type Consequences = {
  /** Devices that would leave an emergency: that needs more than a confirmation. */
  leaving: Device[];
  /** Devices that would be in service with their flaps kept open. */
  keptOpen: Device[];
  /** Devices that are silent, and can't ask. */
  offline: Device[];
  /** Devices that have nothing to restore. */
  withoutLast: Device[];
};

export function consequencesOf(scope: Scope, wanted: Wanted): Consequences {
  const { devices } = scope;
  const operates = wanted.kind !== 'aisleMode';
  const entersEmergency = wanted.kind === 'operation' && wanted.operation === 'emergency';
  const toService =
    wanted.kind === 'restore' || (wanted.kind === 'operation' && isInService(wanted.operation));
  const opens = wanted.kind === 'aisleMode' && wanted.mode === 1;
  return {
    leaving: operates && !entersEmergency ? devices.filter((device) => device.operation === 'emergency') : [],
    keptOpen: opens
      ? devices.filter((device) => isInService(device.operation))
      : toService
        ? devices.filter(isKeptOpen)
        : [],
    offline: devices.filter((device) => device.status === 'offline'),
    withoutLast: wanted.kind === 'restore' ? devices.filter((device) => device.inserviceLast === null) : [],
  };
}

/** What the person at the screen has entered. */
export type Entered = { confirmed: boolean; reason: string; pin: string; otherwise: Operation | null };

/** The order as the station's interface takes it. */
export function orderBody(scope: Scope, wanted: Wanted, entered: Entered): Record<string, unknown> {
  return {
    ...(scope.station ? { all: true } : { devices: scope.devices.map((device) => device.id) }),
    ...(wanted.kind === 'operation' ? { operation: wanted.operation } : {}),
    ...(wanted.kind === 'aisleMode' ? { aisleMode: wanted.mode } : {}),
    ...(wanted.kind === 'restore' ? { restore: true, operation: entered.otherwise } : {}),
    confirmed: entered.confirmed,
    ...(entered.reason ? { reason: entered.reason } : {}),
    ...(entered.pin ? { pin: entered.pin } : {}),
  };
}
