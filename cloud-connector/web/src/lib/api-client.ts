import { failure, type Result, success } from '@/lib/result';

/** Why a call gave nothing: no answer at all, or an answer that says no. */
export type ApiError =
  | { readonly kind: 'unreachable' }
  | {
      readonly kind: 'refused';
      readonly status: number;
      /** Stable code of the server's problem document, such as `invalid_credentials`. */
      readonly code: string;
      readonly retryAfterSeconds: number | null;
      readonly requestId: string | null;
      /** What it was this time, in the server's words. */
      readonly detail: string | null;
      /** Which parts of the body are wrong: JSON pointers and texts. */
      readonly problems: readonly FieldProblem[];
    };

export type FieldProblem = { readonly pointer: string; readonly text: string };

const TIMEOUT_MS = 15_000;
/** Answers that a proxy gives when the server behind it is away. */
const GATEWAY_ERRORS: readonly number[] = [502, 503, 504];

/** Calls the server. Never throws: every way it can end is in the result. A 204 gives `undefined`. */
export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
  keepalive = false,
): Promise<Result<T, ApiError>> {
  try {
    const response = await fetch(path, {
      method,
      ...(keepalive && { keepalive }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) {
      return success((response.status === 204 ? undefined : await response.json()) as T);
    }
    return failure(await errorOf(response));
  } catch {
    return failure({ kind: 'unreachable' });
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const problem = await problemOf(response);
  if (problem.code === null && GATEWAY_ERRORS.includes(response.status)) {
    return { kind: 'unreachable' };
  }
  return {
    kind: 'refused',
    status: response.status,
    code: problem.code ?? 'unexpected',
    retryAfterSeconds: secondsOf(response.headers.get('Retry-After')),
    requestId: problem.requestId,
    detail: problem.detail,
    problems: problem.problems,
  };
}

async function problemOf(response: Response) {
  let body: Record<string, unknown> = {};
  try {
    body = (await response.json()) as Record<string, unknown>;
  } catch {
    // a proxy's page, or nothing
  }
  return {
    code: textOf(body['code']),
    requestId: textOf(body['requestId']),
    detail: textOf(body['detail']),
    problems: problemsOf(body['problems']),
  };
}

function problemsOf(value: unknown): readonly FieldProblem[] {
  return Array.isArray(value)
    ? value.filter(
        (one: Partial<FieldProblem> | null): one is FieldProblem =>
          typeof one?.pointer === 'string' && typeof one.text === 'string',
      )
    : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** `Retry-After` is a number of seconds or a date. */
function secondsOf(header: string | null): number | null {
  if (header === null) {
    return null;
  }
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

/** What a query throws when the server doesn't answer as it should. */
export class Unavailable extends Error {
  constructor(readonly reason: ApiError) {
    super('the server gave no answer that can be shown');
  }
}

/** For queries: the answer, or an {@link Unavailable}. */
export async function get<T>(path: string): Promise<T> {
  const result = await call<T>('GET', path);
  if (result.ok) {
    return result.value;
  }
  throw new Unavailable(result.error);
}

/** The ETag of something that a browser shows by itself; null when there is no such thing. */
export async function etagOf(path: string): Promise<string | null> {
  try {
    const response = await fetch(path, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? (response.headers.get('ETag')?.replaceAll('"', '') ?? null) : null;
  } catch {
    return null;
  }
}
