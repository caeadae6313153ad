import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { daysOf, joined, type Span } from '@/features/recordings/timeline/span';
import { resultKey, resultOf } from '@/lib/commands/use-result';
import type { Device } from '@/lib/commands/run-command';
import { type JsonObject, numberOf, objectsOf, textOf, timeOf } from '@/lib/json';

export type Event = { readonly at: number; readonly channel: string; readonly name: string };

/** What is known of one channel. */
export type Channel = {
  readonly channel: string;
  readonly name: string | null;
  readonly segments: readonly Span[];
  readonly events: readonly Event[];
};

/** What a recorder told of a day. */
type Found = {
  /** How far the answer reaches; later is not known. */
  readonly known: Span;
  readonly channels: readonly Channel[];
  readonly source: string | null;
};

export type Failed = { readonly span: Span; readonly error: Error; readonly retry: () => void };

const COMMAND = 'search_recordings';
const PAGE = 500;
/** More than a day of a recorder is cut into. */
const MOST_PAGES = 20;
const TODAY_FRESH_MS = 60_000;

/** What the recorder has in a stretch, asked day by day, so that what was asked once is there when one comes back. */
export function useSearch(nvr: Device, view: Span, enabled: boolean, now: number) {
  const days = daysOf(view).filter((day) => day.from < now);
  const answers = useQueries({
    queries: days.map((day) => ({
      queryKey: resultKey(nvr, COMMAND, { day: day.from }),
      queryFn: ({ signal }: { signal: AbortSignal }) => searched(nvr, day, signal),
      enabled,
      staleTime: day.to > now ? TODAY_FRESH_MS : Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    })),
  });
  const found = answers.map((answer) => answer.data);
  const key = answers.map((answer) => answer.dataUpdatedAt).join(' ');
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the answers are new objects each time; the key is what changes
  const channels = useMemo(() => merged(found.filter((one) => one !== undefined)), [key]);
  const failed: Failed[] = [];
  const loading: Span[] = [];
  answers.forEach((answer, n) => {
    const span = days[n];
    if (span !== undefined && answer.isFetching) {
      loading.push(span);
    } else if (span !== undefined && answer.error !== null) {
      failed.push({ span, error: answer.error, retry: () => void answer.refetch() });
    }
  });
  return {
    channels,
    known: joined(found.flatMap((one) => (one === undefined ? [] : [one.known]))),
    loading,
    failed,
    guessed: found.some((one) => one?.source === 'information'),
    unsure: found.some((one) => one?.source === 'template'),
    refresh: () => {
      answers.forEach((answer) => void answer.refetch());
    },
  };
}

async function searched(nvr: Device, day: Span, signal: AbortSignal): Promise<Found> {
  const span = { from: day.from, to: Math.min(day.to, Date.now()) };
  const params: JsonObject = {
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    limit: PAGE,
  };
  const results: JsonObject[] = [];
  let cursor: string | null = null;
  do {
    const more: JsonObject = cursor === null ? {} : { cursor };
    const result: JsonObject = await resultOf(nvr, COMMAND, { ...params, ...more }, signal);
    results.push(result);
    cursor = textOf(result['cursor']);
  } while (cursor !== null && results.length < MOST_PAGES);
  return foundIn(results, span);
}

/** Reads what a recorder told; of what was cut off nothing is said to be known. */
export function foundIn(results: readonly JsonObject[], span: Span): Found {
  const channels = new Map<string, { name: string | null; segments: Span[]; events: Event[] }>();
  const channel = (id: string) => {
    const known = channels.get(id) ?? { name: null, segments: [], events: [] };
    channels.set(id, known);
    return known;
  };
  let last = span.from;
  for (const result of results) {
    for (const one of objectsOf(result['recordings'])) {
      const of = channel(textOf(one['channel']) ?? textOf(one['token']) ?? '');
      of.name ??= textOf(one['name']);
    }
    for (const one of objectsOf(result['segments'])) {
      const [from, to] = [timeOf(one['from']), timeOf(one['to'])];
      if (from !== null && to !== null) {
        channel(textOf(one['channel']) ?? textOf(one['recording']) ?? '').segments.push({ from, to });
        last = Math.max(last, to);
      }
    }
    for (const one of objectsOf(result['events'])) {
      const at = timeOf(one['time']);
      const id = textOf(one['channel']) ?? textOf(one['recording']) ?? '';
      if (at !== null) {
        channel(id).events.push({ at, channel: id, name: textOf(one['name']) ?? textOf(one['topic']) ?? '' });
      }
    }
  }
  const cut = results.at(-1)?.['truncated'] === true;
  return {
    known: cut ? { from: span.from, to: Math.min(span.to, last) } : span,
    channels: [...channels].map(([id, of]) => ({ channel: id, ...of, segments: joined(of.segments) })),
    source: textOf(results[0]?.['segmentsFrom']),
  };
}

function merged(found: readonly Found[]): readonly Channel[] {
  const all = new Map<string, Channel>();
  for (const one of found.flatMap((each) => each.channels)) {
    const known = all.get(one.channel);
    all.set(
      one.channel,
      known === undefined
        ? one
        : {
            channel: one.channel,
            name: known.name ?? one.name,
            segments: joined([...known.segments, ...one.segments]),
            events: [...known.events, ...one.events],
          },
    );
  }
  return [...all.values()].sort((one, other) =>
    one.channel.localeCompare(other.channel, undefined, { numeric: true }),
  );
}

/** What a recorder says of itself. */
export type Probe = {
  readonly reachable: boolean;
  readonly millis: number | null;
  readonly clockAheadMillis: number | null;
  readonly storageTotalBytes: number | null;
  readonly storageUsedBytes: number | null;
  /** What its gateway allows a clip to be; null when an older one does not say. */
  readonly clipSeconds: number | null;
  readonly clipBytes: number | null;
  readonly profileG: boolean | null;
  readonly channels: readonly {
    readonly channel: string;
    readonly name: string | null;
    readonly status: string | null;
    readonly oldest: string | null;
    readonly newest: string | null;
    readonly gapSeconds: number | null;
  }[];
};

export function probeOf(result: JsonObject): Probe {
  return {
    reachable: result['reachable'] === true,
    millis: numberOf(result['millis']),
    clockAheadMillis: numberOf(result['clockAheadMillis']),
    storageTotalBytes: numberOf(result['storageTotalBytes']),
    storageUsedBytes: numberOf(result['storageUsedBytes']),
    clipSeconds: numberOf(result['clipSeconds']),
    clipBytes: numberOf(result['clipBytes']),
    profileG: typeof result['profileG'] === 'boolean' ? result['profileG'] : null,
    channels: objectsOf(result['channels']).map((one) => ({
      channel: textOf(one['channel']) ?? '',
      name: textOf(one['name']),
      status: textOf(one['status']),
      oldest: textOf(one['oldest']),
      newest: textOf(one['newest']),
      gapSeconds: numberOf(one['gapSeconds']),
    })),
  };
}
