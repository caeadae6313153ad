import { fromEverything, withChange, type Model } from '@/lib/model';
import type { Change, Everything } from '@/lib/types';

/** Longer silence than this means that the picture is old: the station says something every second. */
const SILENCE_MILLIS = 3_000;
const RETRY_MILLIS = 1_000;
const LOOK_MILLIS = 250;

export type Picture = {
  model: Model | null;
  connected: boolean;
  /** The station's time when it was heard last, and when that was by the clock that never jumps. */
  stationMillis: number;
  heardAt: number;
};

/** What of the browser the feed needs; another one in tests. */
export type Surroundings = {
  open: (url: string) => EventSource;
  monotonic: () => number;
  every: (millis: number, task: () => void) => () => void;
};

export const browser: Surroundings = {
  open: (url) => new EventSource(url),
  monotonic: () => performance.now(),
  every: (millis, task) => {
    const timer = setInterval(task, millis);
    return () => {
      clearInterval(timer);
    };
  },
};

/** Listens to the station for as long as the page is open; comes back by itself, and says when it is not connected. */
export class Feed {
  private readonly listeners = new Set<() => void>();
  private picture: Picture = { model: null, connected: false, stationMillis: 0, heardAt: 0 };
  private source: EventSource | null = null;
  private openedAt = Number.NEGATIVE_INFINITY;
  private startedAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly url: string,
    private readonly around: Surroundings = browser,
  ) {}

  start(): () => void {
    this.startedAt = this.around.monotonic();
    this.connect();
    const stop = this.around.every(LOOK_MILLIS, () => {
      this.look();
    });
    return () => {
      stop();
      this.source?.close();
    };
  }

  now = (): Picture => this.picture;

  /** The station's time, as far as is known: it goes on while the station is not heard. */
  stationNow(): number {
    const { model, stationMillis, heardAt } = this.picture;
    return model ? stationMillis + this.around.monotonic() - heardAt : 0;
  }

  /** Whether the station has not been heard at all for longer than it takes to load. */
  isLate(): boolean {
    return this.picture.model === null && this.around.monotonic() - this.startedAt > SILENCE_MILLIS;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private connect(): void {
    this.source?.close();
    this.openedAt = this.around.monotonic();
    const source = this.around.open(this.url);
    this.source = source;
    source.addEventListener('all', (event: MessageEvent<string>) => {
      const all = JSON.parse(event.data) as Everything;
      this.heard(all, fromEverything(all));
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as Change;
      if (this.picture.model) {
        this.heard(change, withChange(this.picture.model, change));
      }
    });
  }

  private heard(change: Change, model: Model): void {
    this.picture = {
      model,
      connected: true,
      stationMillis: change.now,
      heardAt: this.around.monotonic(),
    };
    this.tell();
  }

  private look(): void {
    const now = this.around.monotonic();
    if (this.picture.connected && now - this.picture.heardAt > SILENCE_MILLIS) {
      this.picture = { ...this.picture, connected: false };
      this.tell();
    }
    // a browser gives up after some errors, and does not notice a station that has vanished
    const closed = this.source?.readyState === 2;
    const silent = now - Math.max(this.openedAt, this.picture.heardAt) > SILENCE_MILLIS;
    if ((closed && now - this.openedAt > RETRY_MILLIS) || silent) {
      this.connect();
    }
  }

  private tell(): void {
    this.listeners.forEach((listener) => {
      listener();
    });
  }
}
