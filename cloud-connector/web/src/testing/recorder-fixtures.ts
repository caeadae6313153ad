/** The day that recorders are looked at in tests, in the zone of whoever runs them. */
export const NOW = new Date(2026, 5, 2, 15, 0, 0);
const at = (hours: number, minutes = 0) => new Date(2026, 5, 2, hours, minutes, 0);
export const iso = (hours: number, minutes = 0) => at(hours, minutes).toISOString();

export const PROBE = {
  reachable: true,
  millis: 40,
  clockAheadMillis: 42_000,
  storageTotalBytes: null,
  storageUsedBytes: null,
  profileG: true,
  channels: [
    {
      channel: '1',
      name: 'North',
      recording: 'R1',
      status: 'recording',
      oldest: null,
      newest: null,
      gapSeconds: 5,
    },
    {
      channel: '2',
      name: 'Lift',
      recording: 'R2',
      status: 'stopped',
      oldest: null,
      newest: null,
      gapSeconds: 5,
    },
  ],
};
export const FOUND = {
  recordings: [{ token: 'R1', channel: '1', name: 'North', from: iso(0), to: iso(15), status: 'Recording' }],
  segments: [
    { recording: 'R1', channel: '1', from: iso(0), to: iso(8) },
    { recording: 'R1', channel: '1', from: iso(9), to: iso(15) },
  ],
  events: [{ time: iso(10), channel: '1', recording: 'R1', topic: 'tns1:Motion', name: 'Motion' }],
  segmentsFrom: 'events',
  truncated: false,
  cursor: null,
};
export const RECORDING = {
  id: 'c7',
  gatewayId: 'demo',
  nvr: 'nvr-1',
  channel: '1',
  recording: null,
  from: iso(10),
  to: iso(10, 2),
  state: 'ready',
  reason: null,
  message: null,
  requestedBy: 'anna',
  createdAt: iso(14),
  command: { id: 'c7', state: 'SUCCESS', approvedBy: null, percent: 100, text: null },
  clip: {
    id: 'f1',
    name: 'a.mp4',
    mediaType: 'video/mp4',
    size: 5_000_000,
    received: 5_000_000,
    sha256: 'abc',
    state: 'READY',
  },
  evidence: {
    id: 'f2',
    name: 'a.json',
    mediaType: 'application/json',
    size: 9,
    received: 9,
    sha256: 'def',
    state: 'READY',
  },
  result: {
    from: iso(10),
    to: iso(10, 2),
    frames: 3000,
    codec: 'H264',
    complete: false,
    notes: ['Two seconds are missing.'],
  },
};
