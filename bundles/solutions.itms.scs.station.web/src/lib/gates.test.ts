import { expect, test } from 'vitest';
import { device } from '@/testing';
import { deliveryOf, gatesOf, isWaiting, worstStatus } from './gates';

test('the devices of a gate stand together, north above south, and gates are in the order of their numbers', () => {
  const gates = gatesOf([
    device('G10-01', { gateId: 'G10', side: 'north' }),
    device('G2-02', { gateId: 'G2', side: 'south' }),
    device('G2-01', { gateId: 'G2', side: 'north' }),
    device('lone'),
    device('G2-03', { gateId: 'G2' }),
  ]);
  expect(gates.map((gate) => [gate.id, gate.devices.map((each) => each.id)])).toEqual([
    ['G2', ['G2-01', 'G2-02', 'G2-03']],
    ['G10', ['G10-01']],
    ['lone', ['lone']],
  ]);
});

test('what needs most attention stands for the gate', () => {
  expect(worstStatus([device('a'), device('b', { status: 'maintenance' })])).toBe('maintenance');
  expect(worstStatus([device('a', { status: 'offline' }), device('b', { status: 'fault' })])).toBe('fault');
});

test('a gate counts as told only once it has asked itself', () => {
  const set = device('a', { operation: 'emergency', operationRequestedAt: 'x', operationPolledAt: 'before' });
  expect(deliveryOf(device('a'), 'operation')).toBe('none');
  expect(deliveryOf(set, 'operation')).toBe('waiting');
  expect(isWaiting(set)).toBe(true);
  expect(deliveryOf({ ...set, operationDeliveredAt: 'x' }, 'operation')).toBe('asked');
});
