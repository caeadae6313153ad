import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from '@/lib/api-client';

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

const PAGE = 100;

/** The audit, newest first; of one actor or of all. */
export function useAudit(actor: string) {
  return useInfiniteQuery({
    queryKey: ['audit', actor],
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({ limit: String(PAGE) });
      if (actor !== '') {
        parameters.set('actor', actor);
      }
      if (pageParam !== null) {
        parameters.set('before', pageParam);
      }
      return get<{ items: readonly AuditRow[]; next: string | null }>(`/api/v1/audit?${parameters}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
