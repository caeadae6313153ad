import type { CommandWithHistory, Registry } from '@/features/commands/api/types';
import { SERVER_TIME } from '@/testing/fixtures';

export function aCommand(values: Partial<CommandWithHistory> = {}): CommandWithHistory {
  return {
    id: 'c1',
    number: 1,
    gatewayId: 'demo',
    target: 'G1-01',
    targetType: 'GATE',
    type: 'set_operation',
    objectPath: '/33030/0/2',
    operation: 'W',
    safety: 'SAFETY_CRITICAL',
    params: { operation: 'out_of_service', devices: 'G1-01' },
    paramsHash: 'abc',
    reason: 'cleaning',
    state: 'PENDING_APPROVAL',
    final: false,
    createdAt: SERVER_TIME,
    requestedBy: 'bob',
    expiresAt: SERVER_TIME,
    deadline: SERVER_TIME,
    approval: 'SECOND_PERSON',
    approvedBy: null,
    approvedAt: null,
    attempts: 0,
    startedAt: null,
    endedAt: null,
    progress: null,
    result: null,
    error: null,
    cancel: null,
    late: null,
    history: [
      { version: 1, at: SERVER_TIME, from: null, to: 'PENDING_APPROVAL', actor: 'bob', reason: 'cleaning' },
    ],
    ...values,
  };
}

export const REGISTRY: Registry = {
  revision: 'r1',
  codes: { timeout: { en: 'The time was over.', th: 'หมดเวลา' } },
  commands: [
    {
      type: 'set_operation',
      objectPath: '/33030/0/2',
      operation: 'W',
      target: 'GATE',
      targetParameter: 'devices',
      safety: 'SAFETY_CRITICAL',
      approval: 'SECOND_PERSON',
      breakGlass: { parameter: 'operation', equals: 'emergency' },
      title: { en: 'Set the operation of gates', th: 'กำหนดการทำงานของประตู' },
      help: null,
      params: {
        type: 'object',
        required: ['operation'],
        properties: {
          devices: { type: ['string', 'array'], title: 'Devices' },
          all: { type: 'boolean', title: 'All devices' },
          reason: { type: 'string', title: 'Reason', maxLength: 256 },
          operation: { type: 'string', title: 'Operation', enum: ['out_of_service', 'emergency'] },
        },
      },
    },
    {
      type: 'run_traceroute',
      objectPath: '/33000/0/5',
      operation: 'E',
      target: 'EDGE_CONTROLLER',
      targetParameter: null,
      safety: 'READ_ONLY',
      approval: 'NONE',
      breakGlass: null,
      title: { en: 'Trace a route', th: 'ตรวจเส้นทางเครือข่าย' },
      help: { en: 'The routers on the way.' },
      params: {
        type: 'object',
        required: ['host'],
        properties: {
          host: { type: 'string', title: 'Host', pattern: '^[a-z.]+$' },
          maxHops: { type: 'integer', title: 'Hops', minimum: 1, maximum: 30, default: 20 },
        },
      },
    },
  ],
};
