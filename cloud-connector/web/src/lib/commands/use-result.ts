import { useQuery } from '@tanstack/react-query';
import { type Device, runCommand, type RunError } from '@/lib/commands/run-command';
import type { JsonObject } from '@/lib/json';

/** What a query throws when a command brings no result. */
export class NoResult extends Error {
  constructor(readonly reason: RunError) {
    super('the command brought no result');
  }
}

/** For queries: the result of a command, or a {@link NoResult}. */
export async function resultOf(
  device: Device,
  type: string,
  params: JsonObject,
  signal?: AbortSignal,
): Promise<JsonObject> {
  const run = await runCommand(device, type, params, signal === undefined ? {} : { signal });
  if (run.ok) {
    return run.value.result;
  }
  throw new NoResult(run.error);
}

export const resultKey = (device: Device, type: string, params: JsonObject) =>
  ['result', device.gatewayId, device.id, type, params] as const;

const FRESH_MS = 300_000;

/** The result of a command that only reads; asked for once, and again when the user wants it. */
export function useResult(device: Device, type: string, params: JsonObject, enabled: boolean) {
  return useQuery({
    queryKey: resultKey(device, type, params),
    queryFn: async ({ signal }) => ({
      at: new Date().toISOString(),
      result: await resultOf(device, type, params, signal),
    }),
    enabled,
    staleTime: FRESH_MS,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
