import { describe, expect, test } from 'vitest';
import type { CommandType, Schema } from '@/features/commands/api/types';
import { collect, fieldsOf, initialValues } from '@/features/commands/schema-form';
import { REGISTRY } from '@/testing/command-fixtures';

const GATE = { gatewayId: 'demo', id: 'G1-01', kind: 'GATE' } as const;
const GATEWAY = { gatewayId: 'demo', id: 'demo', kind: 'EDGE_CONTROLLER' } as const;

function typeWith(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): CommandType {
  const [base] = REGISTRY.commands;
  if (!base) {
    throw new Error('no fixture');
  }
  return { ...base, targetParameter: null, params: { properties, required } };
}

function read(
  properties: Readonly<Record<string, Schema>>,
  values: Record<string, string | boolean | string[]>,
) {
  const fields = fieldsOf(typeWith(properties), GATEWAY);
  return collect(fields, { ...initialValues(fields), ...values });
}

describe('the form of a command', () => {
  test('asks for devices only when it goes to the gateway', () => {
    const [type] = REGISTRY.commands;
    const names = (target: typeof GATE | typeof GATEWAY) =>
      type ? fieldsOf(type, target).map((field) => field.name) : [];
    expect(names(GATE)).toEqual(['operation']);
    expect(names(GATEWAY)).toEqual(['devices', 'all', 'operation']);
  });

  test('leaves out what was left empty, and keeps what is false by default', () => {
    const { params, faults } = read(
      {
        text: { type: 'string' },
        flag: { type: 'boolean' },
        preset: { type: 'boolean', default: true },
        hops: { type: 'integer', default: 20 },
      },
      { preset: false },
    );
    expect(faults).toEqual({});
    expect(params).toEqual({ preset: false, hops: 20 });
  });

  test('reads every kind of value', () => {
    const { params } = read(
      {
        text: { type: 'string' },
        number: { type: 'number' },
        list: { type: ['string', 'array'] },
        at: { type: 'string', format: 'date-time' },
        more: { type: 'object' },
      },
      { text: ' a ', number: '1.5', list: ['x', 'y'], at: '2026-03-01T08:00:00Z', more: '{"a":[1]}' },
    );
    expect(params).toEqual({
      text: 'a',
      number: 1.5,
      list: ['x', 'y'],
      at: '2026-03-01T08:00:00.000Z',
      more: { a: [1] },
    });
  });

  test('says what is wrong with each field', () => {
    const { faults } = read(
      {
        number: { type: 'integer' },
        small: { type: 'integer', minimum: 1 },
        large: { type: 'number', maximum: 9 },
        at: { type: 'string', format: 'date-time' },
        more: { type: 'object' },
        host: { type: 'string', pattern: '^[a-z]+$' },
      },
      { number: '1.5', small: '0', large: '10', at: 'soon', more: '{', host: 'A B' },
    );
    expect(faults).toEqual({
      number: { key: 'form.noNumber' },
      small: { key: 'form.tooSmall', limit: 1 },
      large: { key: 'form.tooLarge', limit: 9 },
      at: { key: 'form.noMoment' },
      more: { key: 'form.noJson' },
      host: { key: 'form.wrongForm' },
    });
  });

  test('wants what is required', () => {
    const fields = fieldsOf(typeWith({ host: { type: 'string' } }, ['host']), GATEWAY);
    expect(collect(fields, { host: '  ' }).faults).toEqual({ host: { key: 'form.required' } });
  });
});
