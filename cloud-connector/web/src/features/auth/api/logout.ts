import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setSession } from '@/features/auth/api/session';
import { call } from '@/lib/api-client';

/** Ends the session on the server; on failure it is still there, which the user has to know. */
export function useLogout() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const result = await call('POST', '/api/v1/auth/logout');
      return result.ok || (result.error.kind === 'refused' && result.error.status === 401);
    },
    onSuccess: (ended) => {
      if (ended) {
        setSession(queries, { kind: 'nobody', why: 'signedOut' });
      }
    },
  });
}
