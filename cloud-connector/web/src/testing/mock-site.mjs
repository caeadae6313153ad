// Gateways and gates as the mock server tells them, and how they change.
const GATEWAY_STATUSES = [
  'online',
  'online',
  'online',
  'missing',
  'online',
  'disconnected',
  'online',
  'never_seen',
];
const TYPES = ['entry-reader', 'exit-reader', 'wide-gate', 'controller'];
const MESSAGES = [
  'Reader OK',
  'Door motor overcurrent on leaf B',
  'Cleaning',
  null,
  'Card reader firmware 2.4.1',
];

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();

export function makeSite(gatewayCount, gateCount) {
  const gateways = Array.from({ length: gatewayCount }, (_, n) => gateway(n));
  const gates = gatewayCount === 0 ? [] : Array.from({ length: gateCount }, (_, n) => gate(n, gateways));
  gateways.forEach((each) => {
    each.gates = gates.filter((one) => one.gatewayId === each.id).length;
  });
  return { gateways, gates };
}

function gateway(n) {
  const status = GATEWAY_STATUSES[n % GATEWAY_STATUSES.length];
  const seen = status !== 'never_seen';
  return {
    id: n === 0 ? 'demo' : `station-${n}`,
    account: 'scs',
    status,
    lastSeen: seen ? ago(status === 'online' ? n : 400 * n) : null,
    connectedSince: status === 'online' ? ago(4000 * (n + 1) ** 2) : null,
    gates: 0,
    received: seen ? 184_211 * (n + 1) : 0,
    duplicates: seen ? 13 * n : 0,
    gaps: n === 3 ? 2 : 0,
  };
}

function gate(n, gateways) {
  const owners = gateways.filter((each) => each.status !== 'never_seen');
  const owner = owners[n % owners.length];
  const lane = Math.floor(n / owners.length);
  const reported = n % 17 === 5 ? 'fault' : n % 23 === 7 ? 'maintenance' : 'online';
  const stale = n % 29 === 11;
  const seen = owner.status === 'online' ? ago(stale ? 340 : n % 8) : owner.lastSeen;
  return {
    id: `G${1 + Math.floor(lane / 4)}-0${1 + (lane % 4)}`,
    gatewayId: owner.id,
    status: owner.status === 'online' ? (stale ? 'offline' : reported) : 'unknown',
    reportedStatus: reported,
    lastSeen: seen,
    lastHeartbeat: new Date(Date.parse(seen) - (n % 19 === 3 ? 312_000 : 120)).toISOString(),
    ip: `10.20.${n % owners.length}.${10 + lane}`,
    gateId: `G${1 + Math.floor(lane / 4)}`,
    side: n % 2 === 0 ? 'north' : 'south',
    type: TYPES[lane % TYPES.length],
    message:
      reported === 'fault'
        ? MESSAGES[1]
        : reported === 'maintenance'
          ? MESSAGES[2]
          : MESSAGES[[0, 3, 4][n % 3]],
  };
}

/** A second of life: heartbeats of some gates, and what their gateways count. */
export function change(site, count) {
  const living = site.gates.filter((each) => each.status !== 'unknown' && each.status !== 'offline');
  const events = [];
  for (let n = 0; n < Math.min(count, living.length); n += 1) {
    const each = living[Math.floor(Math.random() * living.length)];
    each.lastSeen = ago(0);
    each.lastHeartbeat = ago(0.12);
    events.push({ event: 'gate', data: each });
  }
  for (const each of site.gateways.filter((one) => one.status === 'online' && events.length > 0)) {
    each.lastSeen = ago(0);
    each.received += 1;
    events.push({ event: 'gateway', data: each });
  }
  return events;
}
