import { Button, Group, PasswordInput, Stack, Text, Textarea } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { Notice } from '@/components/notice';
import { useCreateCommand } from '@/features/commands/api/actions';
import type { CommandType, Target } from '@/features/commands/api/types';
import { ApiProblem } from '@/components/api-problem';
import {
  collect,
  fieldsOf,
  initialValues,
  type FieldValue,
  withReason,
} from '@/features/commands/schema-form';
import { ReadinessList } from '@/features/commands/send/readiness-list';
import { SchemaField } from '@/features/commands/send/schema-field';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly type: CommandType;
  readonly target: Target;
  readonly onBack: () => void;
  readonly onSent: (id: string) => void;
};

/** Asks for the parameters of a command and sends it. */
export function CommandForm({ type, target, onBack, onSent }: Props) {
  const { t, language } = useI18n();
  const [fields] = useState(() => fieldsOf(type, target));
  const [values, setValues] = useState(() => initialValues(fields));
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const [key, setKey] = useState(newKey);
  const create = useCreateCommand();

  const { params, faults } = collect(fields, values);
  const { breakGlass } = type;
  const emergency = breakGlass !== null && params[breakGlass.parameter] === breakGlass.equals;
  const incomplete =
    Object.keys(faults).length > 0 || (emergency && (reason.trim() === '' || password === ''));
  const error = create.data?.ok === false ? create.data.error : null;

  const set = (name: string) => (value: FieldValue) => {
    setValues((now) => ({ ...now, [name]: value }));
    // another command than the one that was refused
    setKey(newKey());
  };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    if (incomplete || create.isPending) {
      return;
    }
    create.mutate(
      {
        target,
        type: type.type,
        params: withReason(type, params, reason.trim()),
        reason: reason.trim(),
        key,
        ...(emergency && { password }),
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
    <form onSubmit={submit} noValidate data-testid="command-form">
      <Stack gap="sm">
        <Text size="sm" c="var(--console-text-2)">
          {type.help?.[language] ?? type.help?.en}
        </Text>
        <ReadinessList target={target} type={type.type} />
        {fields.map((field) => (
          <SchemaField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            fault={asked ? faults[field.name] : undefined}
            onChange={set(field.name)}
          />
        ))}
        <Textarea
          label={t('send.reason')}
          description={t('send.reasonHint')}
          required={emergency}
          error={asked && emergency && reason.trim() === '' && t('form.required')}
          maxLength={500}
          autosize
          data-testid="reason"
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        {emergency ? (
          <>
            <Notice tone="bad" icon="alert" role="alert">
              {t('send.emergency')}
            </Notice>
            <PasswordInput
              label={t('send.password')}
              autoComplete="current-password"
              required
              error={asked && password === '' && t('form.required')}
              data-testid="reauth"
              value={password}
              onChange={(event) => {
                setPassword(event.currentTarget.value);
              }}
            />
          </>
        ) : (
          type.approval !== 'NONE' && (
            <Notice tone="warn" icon="user" role="status">
              {t('send.needsApproval')}
            </Notice>
          )
        )}
        {error && <ApiProblem error={error} />}
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t('send.back')}
          </Button>
          <Button
            type="submit"
            loading={create.isPending}
            {...(emergency && { color: 'red.9' })}
            data-testid="send"
          >
            {t(emergency ? 'send.now' : type.approval === 'NONE' ? 'send.send' : 'send.ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
