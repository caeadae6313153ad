import { SseParser } from '@/lib/live/sse-parser';
import { type LiveEvent, readEvent } from '@/lib/live/read-event';

export type StreamEnd = 'closed' | 'unauthenticated';

/** The server sends a comment every 15 s; two lost ones and a bit mean that the line is dead, whatever TCP says. */
export const SILENCE_MS = 40_000;

/**
 * Reads the live stream until it ends, which it says and never throws. With fetch and not with EventSource, because that
 * one tells neither a 401 from a dead server nor a silent line from an idle one.
 */
export async function readLiveStream(
  path: string,
  signal: AbortSignal,
  onEvent: (event: LiveEvent) => void,
): Promise<StreamEnd> {
  const silence = new AbortController();
  const heard = watchdog(() => {
    silence.abort();
  });
  try {
    const response = await fetch(path, {
      headers: { Accept: 'text/event-stream' },
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (response.status === 401) {
      return 'unauthenticated';
    }
    if (response.ok && response.body) {
      await readEvents(response.body, heard.renew, onEvent);
    }
    return 'closed';
  } catch {
    return 'closed';
  } finally {
    heard.stop();
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  heard: () => void,
  onEvent: (event: LiveEvent) => void,
): Promise<void> {
  const parser = new SseParser((raw) => {
    const event = readEvent(raw);
    if (event) {
      onEvent(event);
    }
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      heard();
      parser.push(decoder.decode(piece.value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function watchdog(bark: () => void) {
  let timer = setTimeout(bark, SILENCE_MS);
  return {
    renew: () => {
      clearTimeout(timer);
      timer = setTimeout(bark, SILENCE_MS);
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
