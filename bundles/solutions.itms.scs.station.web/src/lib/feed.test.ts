import { beforeEach, expect, test } from 'vitest';
import { device } from '@/testing';
import { Feed, type Surroundings } from './feed';

class FakeSource {
  readyState = 1;
  private readonly listeners = new Map<string, (event: { data: string }) => void>();
  addEventListener(name: string, listener: (event: { data: string }) => void) {
    this.listeners.set(name, listener);
  }
  close() {
    this.readyState = 2;
  }
  say(event: string, data: unknown) {
    this.listeners.get(event)?.({ data: JSON.stringify(data) });
  }
}

let now = 0;
let tick: () => void = () => undefined;
let sources: FakeSource[] = [];
let feed: Feed;

const around: Surroundings = {
  open: () => {
    const source = new FakeSource();
    sources.push(source);
    return source as unknown as EventSource;
  },
  monotonic: () => now,
  every: (_millis, task) => {
    tick = task;
    return () => undefined;
  },
};

const last = (): FakeSource => sources[sources.length - 1] as FakeSource;

beforeEach(() => {
  now = 0;
  sources = [];
  feed = new Feed('/events', around);
  feed.start();
  last().say('all', {
    now: 1_000,
    screen: 'x',
    station: {},
    devices: [device('a'), device('b')],
    alarms: [],
  });
});

function pass(millis: number) {
  now += millis;
  tick();
}

test('a change replaces what has changed, and leaves the rest', () => {
  last().say('change', { now: 1_500, devices: [device('a', { status: 'fault' })] });
  const { model } = feed.now();
  expect([...(model?.devices.values() ?? [])].map((each) => each.status)).toEqual(['fault', 'online']);
});

test('the time goes on while the station is not heard', () => {
  pass(2_500);
  expect(feed.stationNow()).toBe(3_500);
  expect(feed.now().connected).toBe(true);
});

test('after three seconds of silence it says so and tries again, until it is back', () => {
  pass(3_100);
  expect(feed.now().connected).toBe(false);
  expect(sources).toHaveLength(2);
  pass(3_100);
  expect(sources).toHaveLength(3);
  last().say('all', { now: 9_000, screen: 'x', station: {}, devices: [], alarms: [] });
  expect(feed.now().connected).toBe(true);
  expect(feed.now().model?.devices.size).toBe(0);
});

test('a connection that the browser has given up is opened anew', () => {
  last().close();
  pass(1_100);
  expect(sources).toHaveLength(2);
});
