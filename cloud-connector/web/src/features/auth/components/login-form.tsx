import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useId, useRef, useState } from 'react';
import { type LoginError, useLogin } from '@/features/auth/api/login';
import { LoginErrorAlert } from '@/features/auth/components/login-error-alert';
import { useCountdown } from '@/features/auth/use-countdown';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatAge } from '@/lib/time/format-age';

/** Signs in; what comes after is up to whoever watches the session. */
export function LoginForm() {
  const { t } = useI18n();
  const login = useLogin();
  const wait = useCountdown();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const usernameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const errorId = useId();

  const error = login.data?.ok === false && !login.isPending ? login.data.error : null;
  const wrong = error?.kind === 'credentials';

  const refused = (why: LoginError) => {
    if (why.kind === 'rateLimited') {
      wait.start(why.seconds);
    } else if (why.kind === 'credentials') {
      passwordField.current?.focus();
      passwordField.current?.select();
    }
  };

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    if (username.trim() === '') {
      usernameField.current?.focus();
    } else if (password === '') {
      passwordField.current?.focus();
    } else if (wait.left === 0 && !login.isPending) {
      login.mutate(
        { username: username.trim(), password },
        {
          onSuccess: (result) => {
            if (!result.ok) {
              refused(result.error);
            }
          },
        },
      );
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {error && <LoginErrorAlert error={error} id={errorId} />}
        <TextInput
          ref={usernameField}
          label={t('login.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          data-autofocus
          // The page is there for nothing else.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={username}
          error={asked && username.trim() === '' ? t('login.usernameMissing') : wrong}
          aria-invalid={wrong || (asked && username.trim() === '')}
          aria-describedby={wrong ? errorId : undefined}
          onChange={(event) => {
            setUsername(event.currentTarget.value);
          }}
        />
        <PasswordInput
          ref={passwordField}
          label={t('login.password')}
          name="password"
          autoComplete="current-password"
          maxLength={1000}
          value={password}
          error={asked && password === '' ? t('login.passwordMissing') : wrong}
          aria-invalid={wrong || (asked && password === '')}
          aria-describedby={wrong ? errorId : undefined}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        <Button
          type="submit"
          fullWidth
          mt="xs"
          loading={login.isPending}
          aria-disabled={wait.left > 0}
          data-disabled={wait.left > 0}
        >
          {wait.left > 0
            ? t('login.submitWait', { wait: formatAge(wait.left * 1000, t) })
            : t('login.submit')}
        </Button>
      </Stack>
    </form>
  );
}
