import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setSession, type User } from '@/features/auth/api/session';
import { type ApiError, call } from '@/lib/api-client';
import { failure, type Result, success } from '@/lib/result';

export type Credentials = { readonly username: string; readonly password: string };

export type LoginError =
  | { readonly kind: 'credentials' }
  | { readonly kind: 'rateLimited'; readonly seconds: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unexpected'; readonly status: number; readonly requestId: string | null };

/** When the server limits without saying for how long. */
const DEFAULT_WAIT_SECONDS = 60;

async function login(credentials: Credentials): Promise<Result<User, LoginError>> {
  const result = await call<User>('POST', '/api/v1/auth/login', credentials);
  return result.ok ? success(result.value) : failure(loginError(result.error));
}

function loginError(error: ApiError): LoginError {
  if (error.kind === 'unreachable') {
    return error;
  }
  switch (error.status) {
    case 401:
      return { kind: 'credentials' };
    case 429:
      return { kind: 'rateLimited', seconds: error.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS };
    default:
      return { kind: 'unexpected', status: error.status, requestId: error.requestId };
  }
}

export function useLogin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: login,
    onSuccess: (result) => {
      if (result.ok) {
        setSession(queries, { kind: 'user', user: result.value });
      }
    },
  });
}
