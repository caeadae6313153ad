/** Cameras, recorders and other devices that gateways tell of. */
export const enDevices = {
  'nav.cameras': 'Cameras',
  'nav.nvrs': 'Recorders',

  'cameras.title': 'Cameras',
  'cameras.none': 'No gateway has a camera yet. Cameras are set up on the gateway.',
  'nvrs.title': 'Recorders',
  'nvrs.none': 'No gateway has a recorder yet. Recorders are set up on the gateway.',

  'devices.search': 'Search by name, model or address',
  'devices.noMatch': 'No device fits the filters.',
  'devices.name': 'Name',
  'devices.model': 'Model',
  'devices.firmware': 'Firmware',
  'devices.serial': 'Serial number',
  'devices.address': 'Address',
  'devices.profiles': 'Profiles',
  'devices.parent': 'Belongs to',
  'devices.firstSeen': 'Known since',
  'devices.facts': 'What it is',

  'deviceHint.online': 'Its gateway reaches it',
  'deviceHint.fault': 'It answers, but something is wrong with it',
  'deviceHint.offline': 'Its gateway does not reach it',
  'deviceHint.unknown': 'Its gateway is not online, or has not looked yet',
} as const satisfies Readonly<Record<string, string>>;
