import type { AuditEntry, CheckRow, LogFile } from '@/lib/types';

const BASE = '/station/api';
const TIMEOUT_MILLIS = 10_000;

/** A request that failed: what the station answered, or that it did not. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly missing: readonly string[] = [],
    readonly devices: readonly string[] = [],
  ) {
    super(code);
  }
}

async function request<T>(path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new Failure(0, 'unreachable');
  }
  const answer = (await response.json().catch(() => ({}))) as T & {
    error?: string;
    missing?: string[];
    devices?: string[];
  };
  if (!response.ok) {
    throw new Failure(response.status, answer.error ?? 'unexpected', answer.missing, answer.devices);
  }
  return answer;
}

const query = (values: Record<string, string>): string => `?${new URLSearchParams(values).toString()}`;

export const api = {
  control: (order: Record<string, unknown>) => request<{ count: number }>('/control', order),
  acknowledge: (id: string) => request('/acknowledge', { id }),
  logs: () => request<{ folder: string; files: LogFile[] }>('/logs'),
  tail: (of: { device: string } | { path: string }, lines: number) =>
    request<{ lines: string[] }>(`/log-tail${query({ ...of, lines: String(lines) })}`),
  audit: () => request<{ entries: AuditEntry[] }>('/audit'),
  check: () => request<{ at: number; rows: CheckRow[] }>('/check'),
};

export const logFileUrl = (path: string): string => `${BASE}/log-file${query({ path })}`;
export const eventsUrl = `${BASE}/events`;
