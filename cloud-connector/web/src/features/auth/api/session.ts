import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { type ApiError, call } from '@/lib/api-client';

export type User = { readonly username: string; readonly role: string };

/** Who is signed in; without anybody, why. */
export type Session =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'nobody'; readonly why: 'signedOut' | 'expired' };

/** What a query throws when the server doesn't answer as it should. */
export class SessionUnavailable extends Error {
  constructor(readonly reason: ApiError) {
    super('the session could not be checked');
  }
}

const RETRY_MS = 5_000;

async function getSession(): Promise<Session> {
  const result = await call<User>('GET', '/api/v1/auth/session');
  if (result.ok) {
    return { kind: 'user', user: result.value };
  }
  if (result.error.kind === 'refused' && result.error.status === 401) {
    return { kind: 'nobody', why: 'signedOut' };
  }
  throw new SessionUnavailable(result.error);
}

/** Asked once; after that only a sign-in, a sign-out and a 401 of another call change it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: getSession,
  staleTime: Infinity,
  gcTime: Infinity,
  refetchInterval: (query) => (query.state.status === 'error' ? RETRY_MS : false),
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** For what finds out by another way that somebody is signed in, or no longer. */
export function setSession(queries: QueryClient, session: Session): void {
  queries.setQueryData(sessionQuery.queryKey, session);
}
