import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HIDDEN_MS, LiveConnection } from '@/lib/live/live-connection';
import { LiveStore } from '@/lib/live/live-store';
import { SILENCE_MS } from '@/lib/live/live-stream';
import { fakeServer, liveStream, problem } from '@/testing/fake-server';
import { aGate, aSnapshot } from '@/testing/fixtures';

const LIVE = 'GET /api/v1/live';

let connection: LiveConnection | undefined;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  connection?.stop();
  vi.useRealTimers();
});

async function start(...streams: ReturnType<typeof liveStream>[]) {
  const store = new LiveStore((task) => {
    task();
  });
  const onExpired = vi.fn();
  const server = fakeServer({
    [LIVE]: (signal) => streams.shift()?.response(signal) ?? new Response(null, { status: 500 }),
  });
  connection = new LiveConnection(store, onExpired);
  connection.start();
  await settle();
  return { store, server, onExpired };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const gateIds = (store: LiveStore) => store.getState().gates.map((gate) => gate.id);

describe('the live connection', () => {
  test('brings snapshot and changes into the store', async () => {
    const stream = liveStream();
    const { store } = await start(stream);
    stream.send('snapshot', aSnapshot());
    stream.send('gate', aGate({ id: 'G1-02' }));
    await settle();
    expect(store.getState().connection.state).toBe('live');
    expect(gateIds(store)).toEqual(['G1-01', 'G1-02']);
  });

  test('ignores changes that come before the snapshot of their stream', async () => {
    const [first, second] = [liveStream(), liveStream()];
    const { store } = await start(first, second);
    first.send('snapshot', aSnapshot());
    first.end();
    await vi.advanceTimersByTimeAsync(1_000);
    second.send('gate', aGate({ id: 'too-early' }));
    await settle();
    expect(store.getState().connection.state).toBe('retrying');
    expect(gateIds(store)).toEqual(['G1-01']);
    second.send('snapshot', aSnapshot({ gates: [] }));
    await settle();
    expect(store.getState().connection.state).toBe('live');
    expect(gateIds(store)).toEqual([]);
  });

  test('takes nothing from a stream after it was stopped', async () => {
    const stream = liveStream();
    const { store, server } = await start(stream);
    stream.send('snapshot', aSnapshot());
    connection?.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.getState().loaded).toBe(false);
    expect(server.asked).toHaveLength(1);
  });

  test('tries again with growing pauses while the server is away', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { store, server } = await start();
    expect(store.getState().connection.state).toBe('retrying');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(server.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.asked).toHaveLength(3);
  });

  test('tries again at once when asked to, and when the network is back', async () => {
    const { server } = await start();
    connection?.retryNow();
    await settle();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(server.asked).toHaveLength(3);
  });

  test('gives up a line on which nothing comes any more', async () => {
    const stream = liveStream();
    const { store, server } = await start(stream);
    server.answers[LIVE] = () => hangUntilAborted();
    stream.send('snapshot', aSnapshot());
    await settle();
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1);
    expect(store.getState().connection.state).toBe('live');
    await vi.advanceTimersByTimeAsync(1);
    expect(store.getState().connection.state).toBe('retrying');
  });

  test('lets go of its connection in a tab that nobody looks at, and comes back with it', async () => {
    const [first, second] = [liveStream(), liveStream()];
    const { store, server } = await start(first, second);
    first.send('snapshot', aSnapshot());
    setVisibility('hidden');
    await vi.advanceTimersByTimeAsync(HIDDEN_MS / 2);
    first.send('gate', aGate());
    await vi.advanceTimersByTimeAsync(HIDDEN_MS / 2 - 1);
    expect(store.getState().connection.state).toBe('live');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.getState().connection.state).toBe('retrying');
    expect(server.asked).toHaveLength(1);
    setVisibility('visible');
    second.send('snapshot', aSnapshot());
    await settle();
    expect(store.getState().connection.state).toBe('live');
  });

  test('lets go of its connection when the page is left, and has one again on the way back', async () => {
    const [first, second] = [liveStream(), liveStream()];
    const { store, server } = await start(first, second);
    first.send('snapshot', aSnapshot());
    await settle();
    window.dispatchEvent(new Event('pagehide'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.getState().connection.state).toBe('retrying');
    expect(server.asked).toHaveLength(1);
    window.dispatchEvent(new Event('pageshow'));
    second.send('snapshot', aSnapshot());
    await settle();
    expect(store.getState().connection.state).toBe('live');
    expect(server.asked).toHaveLength(2);
  });

  test('stays connected in a tab that is hidden for a moment', async () => {
    const stream = liveStream();
    const { store, server } = await start(stream);
    stream.send('snapshot', aSnapshot());
    setVisibility('hidden');
    await vi.advanceTimersByTimeAsync(1_000);
    setVisibility('visible');
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 2_000);
    expect(store.getState().connection.state).toBe('live');
    expect(server.asked).toHaveLength(1);
  });

  test('says that the session has ended, and stops trying', async () => {
    const { server, onExpired } = await start();
    server.answers[LIVE] = problem(401, 'unauthenticated');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onExpired).toHaveBeenCalledTimes(1);
    expect(server.asked).toHaveLength(2);
  });

  test('goes on after an event that it does not understand', async () => {
    const stream = liveStream();
    const { store } = await start(stream);
    stream.send('snapshot', aSnapshot());
    stream.send('weather', { sun: true });
    stream.send('gate', { id: 7 });
    stream.send('gate', aGate({ id: 'G1-02' }));
    await settle();
    expect(gateIds(store)).toEqual(['G1-01', 'G1-02']);
  });
});

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

function hangUntilAborted(): Promise<Response> {
  return new Promise(() => undefined);
}
