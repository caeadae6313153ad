import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ApiError, call, get } from '@/lib/api-client';
import type { Page } from '@/lib/page';
import type { Result } from '@/lib/result';

/** A file as the server tells it. Times are ISO-8601 UTC. */
export type Artifact = {
  readonly id: string;
  readonly gatewayId: string | null;
  readonly device: string | null;
  readonly commandId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number | null;
  readonly sha256: string | null;
  /** `UPLOADING`, `READY`, `FAILED` or `DELETED`. */
  readonly state: string;
  readonly reason: string | null;
  readonly received: number;
  /** Whether a browser can show it. */
  readonly inline: boolean;
  readonly createdAt: string | null;
};

export type StorageUse = {
  readonly gatewayId: string | null;
  readonly kind: string;
  readonly files: number;
  readonly bytes: number;
  readonly oldest: string;
};

export type Storage = {
  readonly store: string;
  readonly freeBytes: number;
  readonly gatewayLimitBytes: number;
  readonly sites: readonly StorageUse[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly keepDays: number;
    readonly oldest: string | null;
    readonly nextDeletionAt: string | null;
  }[];
};

const ARTIFACTS = '/api/v1/artifacts';
const PAGE = 50;
const WATCH_MS = 2_000;
const KEY = 'artifacts';

/** The files of one command; asked for again while one is on its way. */
export function useCommandArtifacts(command: string, expected: number) {
  return useQuery({
    queryKey: [KEY, 'command', command],
    queryFn: () => get<Page<Artifact>>(`${ARTIFACTS}?${new URLSearchParams({ command, limit: '100' })}`),
    refetchInterval: ({ state }) => {
      const items = state.data?.items ?? [];
      return items.length < expected || items.some((item) => item.state === 'UPLOADING') ? WATCH_MS : false;
    },
  });
}

/** Every file that there is or was, newest first. */
export function useArtifacts() {
  return useInfiniteQuery({
    queryKey: [KEY, 'all'],
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({ limit: String(PAGE) });
      if (pageParam !== null) {
        parameters.set('before', pageParam);
      }
      return get<Page<Artifact>>(`${ARTIFACTS}?${parameters}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useStorage() {
  return useQuery({ queryKey: [KEY, 'storage'], queryFn: () => get<Storage>('/api/v1/storage') });
}

export const ARTIFACT_LISTS = [KEY] as const;

/** An address that is good for some minutes. */
export function linkTo(id: string, download: boolean): Promise<Result<{ readonly url: string }, ApiError>> {
  return call('POST', `${ARTIFACTS}/${encodeURIComponent(id)}/link`, { download });
}

export function deleteArtifact(id: string): Promise<Result<undefined, ApiError>> {
  return call('DELETE', `${ARTIFACTS}/${encodeURIComponent(id)}`);
}

/** As it stands in a report, which the server has checked. */
type Reported = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
};

/** The files that a gateway's report names; the server may not have heard of them yet. */
export function reportedArtifacts(result: Readonly<Record<string, unknown>> | null): readonly Artifact[] {
  const listed = result?.['artifacts'];
  if (!Array.isArray(listed)) {
    return [];
  }
  return (listed as readonly Reported[]).map((one) => ({
    id: one.id,
    gatewayId: null,
    device: null,
    commandId: null,
    kind: 'other',
    name: one.name,
    mediaType: one.type,
    size: one.size,
    sha256: one.sha256,
    state: 'UPLOADING',
    reason: null,
    received: 0,
    inline: false,
    createdAt: null,
  }));
}
