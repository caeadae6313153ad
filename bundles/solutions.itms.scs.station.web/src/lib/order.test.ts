import { expect, test } from 'vitest';
import { device } from '@/testing';
import { consequencesOf, orderBody, type Scope } from './order';

const scope = (...devices: Scope['devices']): Scope => ({ station: false, devices, label: '' });
const entered = { confirmed: true, reason: '', pin: '', otherwise: null };

test('leaving an emergency is noticed, staying in it and changing the aisle mode is not', () => {
  const of = scope(device('a', { operation: 'emergency' }), device('b', { operation: 'inservice_exit' }));
  const leaving = (wanted: Parameters<typeof consequencesOf>[1]) =>
    consequencesOf(of, wanted).leaving.map((each) => each.id);
  expect(leaving({ kind: 'operation', operation: 'station_close' })).toEqual(['a']);
  expect(leaving({ kind: 'restore' })).toEqual(['a']);
  expect(leaving({ kind: 'operation', operation: 'emergency' })).toEqual([]);
  expect(leaving({ kind: 'aisleMode', mode: 0 })).toEqual([]);
});

test('flaps that would stay open in service are said', () => {
  const of = scope(device('a', { aisleMode: 1 }), device('b', { aisleMode: 0, operation: 'inservice_exit' }));
  const kept = (wanted: Parameters<typeof consequencesOf>[1]) =>
    consequencesOf(of, wanted).keptOpen.map((each) => each.id);
  expect(kept({ kind: 'operation', operation: 'inservice_bidirect' })).toEqual(['a']);
  expect(kept({ kind: 'operation', operation: 'station_close' })).toEqual([]);
  expect(kept({ kind: 'aisleMode', mode: 1 })).toEqual(['b']);
});

test('the whole station is named as such, so that no device is forgotten', () => {
  const station: Scope = { station: true, devices: [device('a')], label: '' };
  expect(orderBody(station, { kind: 'operation', operation: 'emergency' }, entered)).toEqual({
    all: true,
    operation: 'emergency',
    confirmed: true,
  });
});

test('what has nothing to restore gets what was chosen', () => {
  const of = scope(device('a'), device('b', { inserviceLast: 'inservice_exit' }));
  expect(consequencesOf(of, { kind: 'restore' }).withoutLast.map((each) => each.id)).toEqual(['a']);
  expect(
    orderBody(of, { kind: 'restore' }, { ...entered, otherwise: 'inservice_entry', reason: 'x' }),
  ).toEqual({
    devices: ['a', 'b'],
    restore: true,
    operation: 'inservice_entry',
    confirmed: true,
    reason: 'x',
  });
});
