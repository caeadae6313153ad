import { Button, Group, NumberInput, Stack, Text, Textarea, Title } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { Notice } from '@/components/notice';
import type { CommandType } from '@/features/commands/api/types';
import { useCreateFleet } from '@/features/commands/fleet/api';
import { TargetPicker } from '@/features/commands/fleet/target-picker';
import {
  collect,
  fieldsOf,
  type FieldValue,
  initialValues,
  withReason,
} from '@/features/commands/schema-form';
import { SchemaField } from '@/features/commands/send/schema-field';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly type: CommandType;
  readonly onBack: () => void;
  readonly onSent: (id: string) => void;
};

/** How fast it spreads, and when it stops by itself. */
const PACE = [
  { name: 'ratePerMinute', preset: 60, max: 6_000 },
  { name: 'maxOpen', preset: 50, max: 500 },
  { name: 'stopAtFailedPercent', preset: 20, max: 100 },
] as const;
type Pace = Readonly<Record<(typeof PACE)[number]['name'], number>>;
const USUAL: Pace = { ratePerMinute: 60, maxOpen: 50, stopAtFailedPercent: 20 };

/** Asks for what one command for many devices needs, and sends it. */
export function FleetForm({ type, onBack, onSent }: Props) {
  const { t, language } = useI18n();
  const [fields] = useState(() => fieldsOf(type, { gatewayId: '', id: '', kind: type.target }));
  const [values, setValues] = useState(() => initialValues(fields));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [pace, setPace] = useState<Pace>(USUAL);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const create = useCreateFleet();
  const { params, faults } = collect(fields, values);
  const error = create.data?.ok === false ? create.data.error : null;

  const set = (name: string) => (value: FieldValue) => {
    setValues((now) => ({ ...now, [name]: value }));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faults).length > 0 || chosen.size === 0 || create.isPending) {
      return;
    }
    const said = reason.trim();
    create.mutate(
      {
        type: type.type,
        params: withReason(type, params, said),
        targets: [...chosen].map((key) => {
          const space = key.indexOf(' ');
          return { gatewayId: key.slice(0, space), target: key.slice(space + 1) };
        }),
        ...pace,
        ...(said !== '' && { reason: said }),
        key: crypto.randomUUID(),
      },
      {
        onSuccess: (answer) => {
          if (answer.ok) {
            onSent(answer.value.id);
          }
        },
      },
    );
  };

  return (
    <form onSubmit={submit} noValidate data-testid="fleet-form">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {type.title[language] ?? type.title.en}
        </Title>
        <Text size="sm" c="var(--console-text-2)">
          {type.help?.[language] ?? type.help?.en}
        </Text>
        {fields.map((field) => (
          <SchemaField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            fault={asked ? faults[field.name] : undefined}
            onChange={set(field.name)}
          />
        ))}
        <TargetPicker kind={type.target} chosen={chosen} onChange={setChosen} />
        {asked && chosen.size === 0 && (
          <Notice tone="bad" icon="alert" role="alert">
            {t('fleet.noneChosen')}
          </Notice>
        )}
        <Group grow align="flex-start">
          {PACE.map(({ name, preset, max }) => (
            <NumberInput
              key={name}
              label={t(`fleet.${name}`)}
              description={t(`fleet.${name}.hint`)}
              min={1}
              max={max}
              clampBehavior="strict"
              allowDecimal={false}
              data-testid={name}
              value={pace[name]}
              onChange={(value) => {
                setPace((now) => ({ ...now, [name]: typeof value === 'number' ? value : preset }));
              }}
            />
          ))}
        </Group>
        <Textarea
          label={t('send.reason')}
          description={t('send.reasonHint')}
          maxLength={500}
          autosize
          data-testid="reason"
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        {type.approval !== 'NONE' && (
          <Notice tone="warn" icon="user" role="status">
            {t('send.needsApproval')}
          </Notice>
        )}
        {error && <ApiProblem error={error} />}
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t('send.back')}
          </Button>
          <Button type="submit" loading={create.isPending} data-testid="send">
            {t(type.approval === 'NONE' ? 'fleet.send' : 'send.ask', { count: chosen.size })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
