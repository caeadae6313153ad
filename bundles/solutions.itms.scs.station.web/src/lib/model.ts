import type { Alarm, Change, ClockState, Device, Everything, StationInfo } from '@/lib/types';

/** The station as it was told last. Never changed in place. */
export type Model = {
  station: StationInfo;
  screen: string;
  devices: ReadonlyMap<string, Device>;
  alarms: readonly Alarm[];
  clock: ClockState;
};

export function fromEverything(all: Everything): Model {
  return {
    station: all.station,
    screen: all.screen,
    devices: new Map(all.devices.map((device) => [device.id, device])),
    alarms: all.alarms ?? [],
    clock: all.clock ?? { level: 'unknown', source: '' },
  };
}

export function withChange(model: Model, change: Change): Model {
  if (change.devices.length === 0 && !change.alarms && !change.clock) {
    return model;
  }
  const devices = change.devices.length === 0 ? model.devices : new Map(model.devices);
  for (const device of change.devices) {
    (devices as Map<string, Device>).set(device.id, device);
  }
  return {
    ...model,
    devices,
    alarms: change.alarms ?? model.alarms,
    clock: change.clock ?? model.clock,
  };
}
