import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, call, get } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import type { JsonObject } from '@/lib/json';
import type { Page } from '@/lib/page';
import type { Result } from '@/lib/result';

export type RecordingFile = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly received: number;
  readonly state: string;
};

/** A clip as the server tells it. Times are ISO-8601 UTC. */
export type Recording = {
  readonly id: string;
  readonly gatewayId: string;
  readonly nvr: string;
  readonly channel: string | null;
  readonly recording: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** `requested`, `running`, `awaiting_upload`, `ready` or `failed`. */
  readonly state: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly command: {
    readonly id: string;
    readonly state: string | null;
    readonly approvedBy: string | null;
    readonly percent: number | null;
    readonly text: string | null;
  } | null;
  readonly clip: RecordingFile | null;
  readonly evidence: RecordingFile | null;
  /** What the gateway says of the clip: its real times, gaps and what is missing. */
  readonly result: JsonObject | null;
};

export type NewRecording = { readonly channel: string; readonly from: number; readonly to: number };

const RECORDINGS = '/api/v1/recordings';
const SHOWN = 20;
const WATCH_MS = 1_500;
const CALM_MS = 20_000;
const OVER: readonly string[] = ['ready', 'failed', 'deleted'];

const keyOf = (nvr: Device) => ['recordings', nvr.gatewayId, nvr.id] as const;

/** The newest recordings of a recorder; asked for often while something is going on. */
export function useRecordings(nvr: Device) {
  const parameters = new URLSearchParams({ gateway: nvr.gatewayId, nvr: nvr.id, limit: String(SHOWN) });
  return useQuery({
    queryKey: keyOf(nvr),
    queryFn: () => get<Page<Recording>>(`${RECORDINGS}?${parameters}`),
    refetchInterval: ({ state }) =>
      state.data?.items.every((one) => OVER.includes(one.state)) === true ? CALM_MS : WATCH_MS,
  });
}

/** Asks for a clip. The key is made once for what the user means to send once. */
export function useExport(nvr: Device) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      channel,
      from,
      to,
      key,
    }: NewRecording & { readonly key: string }): Promise<Result<Recording, ApiError>> =>
      call<Recording>(
        'POST',
        RECORDINGS,
        {
          gateway: nvr.gatewayId,
          nvr: nvr.id,
          channel,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
        },
        { 'Idempotency-Key': key },
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(nvr) }),
  });
}

export function useDeleteRecording(nvr: Device) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string): Promise<Result<undefined, ApiError>> =>
      call('DELETE', `${RECORDINGS}/${encodeURIComponent(id)}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(nvr) }),
  });
}

/** An address that is good for some minutes. */
export function addressOf(
  id: string,
  part: 'clip' | 'evidence',
  download: boolean,
): Promise<Result<{ readonly url: string }, ApiError>> {
  const parameters = new URLSearchParams({ part, ...(download && { download: '1' }) });
  return call('GET', `${RECORDINGS}/${encodeURIComponent(id)}/download-url?${parameters}`);
}
