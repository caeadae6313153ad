import { type ApiError, call } from '@/lib/api-client';
import { type JsonObject, objectOf } from '@/lib/json';
import { failure, type Result, success } from '@/lib/result';

/** Where a command goes to. */
export type Device = { readonly gatewayId: string; readonly id: string };

/** What of a command matters to whoever only wants its result. */
export type Run = {
  readonly id: string;
  readonly state: string;
  readonly final: boolean;
  readonly result: JsonObject | null;
  readonly error: { readonly code: string; readonly message: string | null } | null;
};

/** What a command brought: what its handler said. */
export type Ended = { readonly id: string; readonly result: JsonObject };

/** Why there is no result: the server said no, or the command ended otherwise. */
export type RunError =
  | { readonly kind: 'api'; readonly error: ApiError }
  | {
      readonly kind: 'ended';
      readonly id: string;
      readonly state: string;
      readonly code: string | null;
      readonly message: string | null;
    };

const COMMANDS = '/api/v1/commands';
const FIRST_LOOK_MS = 150;
const SLOWEST_LOOK_MS = 2_000;
const SLOWER = 1.4;
/** Longer than a person looks at a page and waits. */
const EXPIRES_SECONDS = 120;

type Options = {
  /** How long it may wait for its gateway. */
  readonly expiresInSeconds?: number;
  /** Whether it has to go out even when the page goes. */
  readonly keepalive?: boolean;
  /** Ends the waiting, not the command. */
  readonly signal?: AbortSignal;
};

/** Asks for a command; says no more than that the server has it. */
export function sendCommand(
  device: Device,
  type: string,
  params: JsonObject,
  { expiresInSeconds = EXPIRES_SECONDS, keepalive = false }: Options = {},
): Promise<Result<Run, ApiError>> {
  return call<Run>(
    'POST',
    COMMANDS,
    { gatewayId: device.gatewayId, target: device.id, type, params, expiresInSeconds },
    { 'Idempotency-Key': crypto.randomUUID() },
    keepalive,
  );
}

/** Asks for a command and waits for what comes back. */
export async function runCommand(
  device: Device,
  type: string,
  params: JsonObject,
  options: Options = {},
): Promise<Result<Ended, RunError>> {
  const sent = await sendCommand(device, type, params, options);
  return sent.ok ? awaitEnd(sent.value, options.signal) : failure({ kind: 'api', error: sent.error });
}

/** A look that fails is made again: the command goes on whether somebody looks or not. */
async function awaitEnd(first: Run, signal?: AbortSignal): Promise<Result<Ended, RunError>> {
  let run = first;
  let pause = FIRST_LOOK_MS;
  while (!run.final) {
    await sleep(pause, signal);
    pause = Math.min(SLOWEST_LOOK_MS, pause * SLOWER);
    const look = await call<Run>('GET', `${COMMANDS}/${encodeURIComponent(run.id)}`);
    if (look.ok) {
      run = look.value;
    } else if (look.error.kind === 'refused') {
      return failure({ kind: 'api', error: look.error });
    }
  }
  const { id, state, error } = run;
  return state === 'SUCCESS'
    ? success({ id, result: objectOf(run.result?.['result']) })
    : failure({ kind: 'ended', id, state, code: error?.code ?? null, message: error?.message ?? null });
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException('nobody waits any more', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
