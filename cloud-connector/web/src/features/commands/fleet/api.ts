import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LISTS } from '@/features/commands/api/queries';
import type { JsonObject, Page } from '@/features/commands/api/types';
import { allDevices } from '@/lib/all-devices';
import { type ApiError, call, get } from '@/lib/api-client';
import type { Result } from '@/lib/result';

/** One command for many devices, as the server tells it. */
export type Fleet = {
  readonly id: string;
  readonly number: number;
  readonly type: string;
  readonly params: JsonObject;
  readonly paramsHash: string;
  readonly reason: string | null;
  readonly state: string;
  readonly requestedBy: string;
  readonly approvedBy: string | null;
  readonly createdAt: string;
  readonly ratePerMinute: number;
  readonly maxOpen: number;
  readonly stopAtFailedPercent: number;
};

/** How many targets are in each state; `waiting` and `refused` have no command. */
export type FleetWithSummary = Fleet & { readonly summary: Readonly<Record<string, number>> };

export type FleetTarget = {
  readonly position: number;
  readonly gatewayId: string;
  readonly target: string;
  readonly commandId: string | null;
  readonly state: string | null;
  readonly errorCode: string | null;
  readonly refused: string | null;
};

/** A device that can be chosen. */
export type Candidate = {
  readonly id: string;
  readonly gatewayId: string;
  readonly name: string | null;
  readonly status: string;
};

export type NewFleet = {
  readonly type: string;
  readonly params: JsonObject;
  readonly targets: readonly { readonly gatewayId: string; readonly target: string }[];
  readonly ratePerMinute: number;
  readonly maxOpen: number;
  readonly stopAtFailedPercent: number;
  readonly reason?: string;
};

export type FleetAction =
  | { readonly action: 'approve'; readonly paramsHash: string }
  | { readonly action: 'reject' | 'cancel'; readonly reason?: string }
  | { readonly action: 'pause' | 'resume' };

const FLEET = '/api/v1/fleet-commands';
/** What one fleet command may have. */
export const MAX_TARGETS = 2_000;
const SHOWN_TARGETS = 500;
const LIVE_MS = 2_000;
const ENDED: readonly string[] = ['STOPPED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'DONE'];

// below the key of the lists, so that they are asked for again when a command changes
const fleetKey = (id: string) => [...LISTS, 'fleet', id] as const;

export const hasEnded = (fleet: Fleet) => ENDED.includes(fleet.state);

export function useFleets() {
  return useQuery({
    queryKey: [...LISTS, 'fleets'],
    queryFn: () => get<Page<Fleet>>(`${FLEET}?limit=100`),
  });
}

export function useFleet(id: string) {
  return useQuery({
    queryKey: fleetKey(id),
    queryFn: () => get<FleetWithSummary>(`${FLEET}/${encodeURIComponent(id)}`),
    refetchInterval: (query) => (query.state.data && hasEnded(query.state.data) ? false : LIVE_MS),
  });
}

/** The first targets with what became of them. */
export function useFleetTargets(id: string) {
  return useQuery({
    queryKey: [...fleetKey(id), 'targets'],
    queryFn: () =>
      get<readonly FleetTarget[]>(
        `${FLEET}/${encodeURIComponent(id)}/targets?limit=${String(SHOWN_TARGETS)}`,
      ),
  });
}

/** All devices of a kind, as many as one fleet command may have. */
export function useCandidates(kind: string) {
  return useQuery({
    queryKey: ['commands', 'candidates', kind],
    queryFn: () => allDevices<Candidate>(kind, MAX_TARGETS),
  });
}

type Answer = Result<FleetWithSummary, ApiError>;

export function useCreateFleet() {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ key, ...fleet }: NewFleet & { key: string }): Promise<Answer> =>
      call<FleetWithSummary>('POST', FLEET, { ...fleet, idempotencyKey: key }),
    onSuccess: keep,
  });
}

export function useFleetAction(id: string) {
  const keep = useKeep();
  return useMutation({
    mutationFn: ({ action, ...body }: FleetAction): Promise<Answer> =>
      call<FleetWithSummary>('POST', `${FLEET}/${encodeURIComponent(id)}/${action}`, body),
    onSuccess: keep,
  });
}

/** What the server answered is newer than what is shown. */
function useKeep() {
  const queries = useQueryClient();
  return (answer: Answer) => {
    if (answer.ok) {
      queries.setQueryData(fleetKey(answer.value.id), answer.value);
    }
    void queries.invalidateQueries({ queryKey: LISTS });
  };
}
