import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ApiError, call } from '@/lib/api-client';

/** A row of the audit as the server tells it. */
export type AuditRow = {
  readonly seq: number;
  readonly at: string;
  readonly action: string;
  readonly actor: string;
  readonly requestId: string | null;
  readonly commandId: string | null;
  readonly gatewayId: string | null;
  readonly target: string | null;
  readonly type: string | null;
  readonly previousState: string | null;
  readonly newState: string | null;
  readonly reason: string | null;
};

export class AuditUnavailable extends Error {
  constructor(readonly reason: ApiError) {
    super('the audit could not be read');
  }
}

const PAGE = 100;

/** The audit, newest first; of one actor or of all. */
export function useAudit(actor: string) {
  return useInfiniteQuery({
    queryKey: ['audit', actor],
    queryFn: async ({ pageParam }) => {
      const parameters = new URLSearchParams({ limit: String(PAGE) });
      if (actor !== '') {
        parameters.set('actor', actor);
      }
      if (pageParam !== null) {
        parameters.set('before', pageParam);
      }
      const result = await call<{ items: readonly AuditRow[]; next: string | null }>(
        'GET',
        `/api/v1/audit?${parameters}`,
      );
      if (!result.ok) {
        throw new AuditUnavailable(result.error);
      }
      return result.value;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
