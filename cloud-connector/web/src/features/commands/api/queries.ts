import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  Command,
  CommandWithHistory,
  Page,
  Readiness,
  Registry,
  Target,
} from '@/features/commands/api/types';
import { get } from '@/lib/api-client';

export type CommandFilter = {
  readonly gateway?: string;
  readonly target?: string;
  /** `open`, or states with commas between. */
  readonly state?: string;
};

export const COMMANDS = '/api/v1/commands';
export const LISTS = ['commands', 'list'] as const;
const PAGE = 50;
const HOUR_MS = 3_600_000;

export const detailKey = (id: string) => ['commands', 'detail', id] as const;

/** All kinds of commands; they change with the server's version alone. */
export function useRegistry() {
  return useQuery({
    queryKey: ['commands', 'registry'],
    queryFn: () => get<Registry>(`${COMMANDS}/registry`),
    staleTime: HOUR_MS,
  });
}

/** The commands that fit, newest first, in pages. */
export function useCommands(filter: CommandFilter) {
  return useInfiniteQuery({
    queryKey: [...LISTS, filter],
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({ ...filter, limit: String(PAGE) });
      if (pageParam !== null) {
        parameters.set('before', pageParam);
      }
      return get<Page<Command>>(`${COMMANDS}?${parameters}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** One command with its history. */
export function useCommand(id: string) {
  return useQuery({
    queryKey: detailKey(id),
    queryFn: () => get<CommandWithHistory>(`${COMMANDS}/${encodeURIComponent(id)}`),
  });
}

/** Whether a command would work now. */
export function useReadiness(target: Target, type: string) {
  const parameters = new URLSearchParams({ gateway: target.gatewayId, target: target.id, type });
  return useQuery({
    queryKey: ['commands', 'readiness', target, type],
    queryFn: () => get<Readiness>(`${COMMANDS}/readiness?${parameters}`),
    refetchInterval: 5_000,
  });
}
