import { Checkbox, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type Field, type FieldFault, type FieldValue, textOf } from '@/features/commands/schema-form';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly field: Field;
  readonly value: FieldValue;
  readonly fault: FieldFault | undefined;
  readonly onChange: (value: FieldValue) => void;
};

/** One parameter, asked for as its schema says. */
export function SchemaField({ field, value, fault, onChange }: Props) {
  const { t, language } = useI18n();
  const { schema, kind, required, name } = field;
  const text = typeof value === 'string' ? value : '';
  const common = {
    name,
    label: (language === 'th' ? schema['x-title-th'] : undefined) ?? schema.title ?? name,
    description: hint(),
    error: fault && t(fault.key, { limit: fault.limit ?? '' }),
    'data-testid': `param-${name}`,
  };

  function hint() {
    const help = (language === 'th' ? schema['x-description-th'] : undefined) ?? schema.description ?? '';
    const { minimum, maximum } = schema;
    const range = minimum !== undefined && maximum !== undefined ? t('form.range', { minimum, maximum }) : '';
    return [help, range].filter((part) => part !== '').join(' ');
  }

  switch (kind) {
    case 'flag':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
          }}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          required={required}
          data={(schema.enum ?? []).map((one) => textOf(one))}
          value={text === '' ? null : text}
          clearable={!required}
          onChange={(chosen) => {
            onChange(chosen ?? '');
          }}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...common}
          required={required}
          maxTags={schema.maxItems ?? 1_000}
          value={Array.isArray(value) ? [...(value as readonly string[])] : []}
          onChange={onChange}
        />
      );
    case 'json':
      return (
        <Textarea
          {...common}
          required={required}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        />
      );
    case 'moment':
    case 'number':
    case 'text':
      return (
        <TextInput
          {...common}
          required={required}
          type={kind === 'moment' ? 'datetime-local' : 'text'}
          {...(kind === 'number' && { inputMode: 'decimal' as const })}
          {...(schema.maxLength !== undefined && kind === 'text' && { maxLength: schema.maxLength })}
          value={text}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        />
      );
  }
}
