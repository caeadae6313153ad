import { vi } from 'vitest';

type Answer = Error | ((signal?: AbortSignal | null, body?: unknown) => Response | Promise<Response>);

/** Stands in for `fetch`: answers by method and path, and remembers what it was asked. */
export function fakeServer(answers: Record<string, Answer>) {
  const asked: { route: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const route = `${init.method ?? 'GET'} ${path}`;
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    asked.push({ route, body });
    const answer = answers[route];
    if (typeof answer !== 'function') {
      throw answer ?? new TypeError(`nothing answers ${route}`);
    }
    return answer(init.signal, body);
  });
  return { answers, asked };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): () => Response {
  return () => new Response(JSON.stringify(body), { status, headers });
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): () => Response {
  return json(status, { title: code, status, code, requestId: 'r-1' }, headers);
}

/** A live stream that the test writes to. */
export function liveStream() {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given;
    },
  });
  return {
    response: (signal?: AbortSignal | null) => {
      signal?.addEventListener('abort', () => {
        controller?.error(signal.reason);
      });
      return new Response(body, { status: 200 });
    },
    send: (event: string, data: unknown) => {
      controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
    },
    end: () => {
      controller?.close();
    },
  };
}
