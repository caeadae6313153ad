import type { CommandType, Json, JsonObject, Schema, Target } from '@/features/commands/api/types';

/** How a parameter is asked for. */
export type FieldKind = 'choice' | 'flag' | 'number' | 'moment' | 'list' | 'json' | 'text';

/** What a field holds while it is edited. */
export type FieldValue = string | boolean | readonly string[];
export type FormValues = Readonly<Record<string, FieldValue>>;

export type FieldProblemKey =
  | 'form.required'
  | 'form.noNumber'
  | 'form.tooSmall'
  | 'form.tooLarge'
  | 'form.noMoment'
  | 'form.noJson'
  | 'form.wrongForm';
export type FieldFault = { readonly key: FieldProblemKey; readonly limit?: number };

export type Field = {
  readonly name: string;
  readonly schema: Schema;
  readonly kind: FieldKind;
  readonly required: boolean;
};

/** Narrows a command for many devices to those it is sent to: for one device the target says it already. */
const SELECTORS: readonly string[] = ['all', 'gate', 'side', 'type', 'group'];

/** Every command is asked for a reason; one with such a parameter gets the same. */
const REASON = 'reason';

/** Says the reason to a command that takes one as a parameter, too. */
export function withReason(type: CommandType, params: JsonObject, reason: string): JsonObject {
  const schema = type.params.properties?.[REASON];
  return schema === undefined || reason === ''
    ? params
    : { ...params, [REASON]: reason.slice(0, schema.maxLength) };
}

/** The parameters to be asked for when the command goes to the target. */
export function fieldsOf(type: CommandType, target: Target): readonly Field[] {
  const { properties = {}, required = [] } = type.params;
  const ofOneDevice = type.targetParameter !== null && target.kind !== 'EDGE_CONTROLLER';
  return Object.entries(properties)
    .filter(([name]) => name !== REASON)
    .filter(([name]) => !ofOneDevice || (name !== type.targetParameter && !SELECTORS.includes(name)))
    .map(([name, schema]) => ({ name, schema, kind: kindOf(schema), required: required.includes(name) }));
}

function kindOf(schema: Schema): FieldKind {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (schema.enum) {
    return 'choice';
  }
  if (types.includes('array')) {
    return 'list';
  }
  if (types.includes('boolean')) {
    return 'flag';
  }
  if (types.includes('number') || types.includes('integer')) {
    return 'number';
  }
  if (types.includes('object') || types.length === 0) {
    return 'json';
  }
  return schema.format === 'date-time' ? 'moment' : 'text';
}

export function initialValues(fields: readonly Field[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field)]));
}

function initialValue({ kind, schema }: Field): FieldValue {
  const preset = schema.default;
  switch (kind) {
    case 'flag':
      return preset === true;
    case 'list':
      return Array.isArray(preset) ? preset.map(String) : [];
    case 'json':
      return preset === undefined ? '' : JSON.stringify(preset);
    case 'choice':
    case 'moment':
    case 'number':
    case 'text':
      return preset === undefined || preset === null ? '' : textOf(preset);
  }
}

/** What the fields say, or what is wrong with them. What was left empty is left out. */
export function collect(
  fields: readonly Field[],
  values: FormValues,
): { readonly params: JsonObject; readonly faults: Readonly<Record<string, FieldFault>> } {
  const params: Record<string, Json> = {};
  const faults: Record<string, FieldFault> = {};
  for (const field of fields) {
    const value = values[field.name] ?? '';
    if (isEmpty(field, value)) {
      if (field.required && field.kind !== 'flag') {
        faults[field.name] = { key: 'form.required' };
      }
      continue;
    }
    const read = readValue(field, value);
    if ('fault' in read) {
      faults[field.name] = read.fault;
    } else {
      params[field.name] = read.value;
    }
  }
  return { params, faults };
}

function isEmpty({ kind, schema, required }: Field, value: FieldValue): boolean {
  if (kind === 'flag') {
    return value === false && !required && schema.default !== true;
  }
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

type Read = { readonly value: Json } | { readonly fault: FieldFault };

function readValue({ kind, schema }: Field, value: FieldValue): Read {
  if (typeof value !== 'string') {
    return { value: typeof value === 'boolean' ? value : [...value] };
  }
  const text = value.trim();
  switch (kind) {
    case 'number':
      return readNumber(schema, text);
    case 'moment': {
      const at = new Date(text);
      return Number.isNaN(at.getTime()) ? { fault: { key: 'form.noMoment' } } : { value: at.toISOString() };
    }
    case 'json':
      try {
        return { value: JSON.parse(text) as Json };
      } catch {
        return { fault: { key: 'form.noJson' } };
      }
    case 'choice':
      return { value: schema.enum?.find((one) => textOf(one) === text) ?? text };
    case 'flag':
    case 'list':
    case 'text':
      return schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(text)
        ? { fault: { key: 'form.wrongForm' } }
        : { value: text };
  }
}

function readNumber(schema: Schema, text: string): Read {
  const number = Number(text);
  const whole = schema.type === 'integer' || (Array.isArray(schema.type) && schema.type.includes('integer'));
  if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) {
    return { fault: { key: 'form.noNumber' } };
  }
  if (schema.minimum !== undefined && number < schema.minimum) {
    return { fault: { key: 'form.tooSmall', limit: schema.minimum } };
  }
  if (schema.maximum !== undefined && number > schema.maximum) {
    return { fault: { key: 'form.tooLarge', limit: schema.maximum } };
  }
  return { value: number };
}

/** A value as a field shows it. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
