import type { Gate, Gateway, Snapshot } from '@/lib/live/types';

export const SERVER_TIME = '2026-06-02T08:00:00.000Z';

export function aGateway(values: Partial<Gateway> = {}): Gateway {
  return {
    id: 'demo',
    account: 'scs',
    status: 'online',
    lastSeen: SERVER_TIME,
    connectedSince: '2026-06-02T07:00:00.000Z',
    gates: 1,
    received: 10,
    duplicates: 0,
    gaps: 0,
    ...values,
  };
}

export function aGate(values: Partial<Gate> = {}): Gate {
  return {
    id: 'G1-01',
    gatewayId: 'demo',
    status: 'online',
    reportedStatus: 'online',
    lastSeen: SERVER_TIME,
    lastHeartbeat: SERVER_TIME,
    ip: '192.168.1.101',
    gateId: 'G1',
    side: 'north',
    type: 'entry-reader',
    message: 'Reader OK',
    ...values,
  };
}

export function aSnapshot(values: Partial<Snapshot> = {}): Snapshot {
  return { gateways: [aGateway()], gates: [aGate()], serverTime: SERVER_TIME, ...values };
}
