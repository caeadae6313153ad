import { backoffMs } from '@/lib/live/backoff';
import type { LiveStore } from '@/lib/live/live-store';
import { readLiveStream } from '@/lib/live/live-stream';
import type { LiveEvent } from '@/lib/live/read-event';

const LIVE_PATH = '/api/v1/live';

/** A browser gives a server six connections in all: tabs that nobody looks at must not keep one each. */
export const HIDDEN_MS = 60_000;

/**
 * Keeps one stream open into the store until stopped. Each stream has to begin with a snapshot: what comes before it, or
 * from a stream that has been given up, is not for the store.
 */
export class LiveConnection {
  readonly #store: LiveStore;
  readonly #onExpired: () => void;
  #current: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  #paused = false;
  #attempt = 0;

  constructor(store: LiveStore, onExpired: () => void) {
    this.#store = store;
    this.#onExpired = onExpired;
  }

  start(): void {
    void this.#connect();
    window.addEventListener('online', this.retryNow);
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('pagehide', this.#pause);
    window.addEventListener('pageshow', this.#onShow);
  }

  stop(): void {
    window.removeEventListener('online', this.retryNow);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('pagehide', this.#pause);
    window.removeEventListener('pageshow', this.#onShow);
    clearTimeout(this.#hiddenTimer);
    this.#giveUp();
  }

  /** Cuts a wait short; does nothing while there is a stream. */
  readonly retryNow = (): void => {
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      void this.#connect();
    }
  };

  readonly #onVisibility = (): void => {
    clearTimeout(this.#hiddenTimer);
    if (document.visibilityState === 'hidden') {
      this.#hiddenTimer = setTimeout(this.#pause, HIDDEN_MS);
    } else if (this.#paused) {
      void this.#connect();
    } else {
      this.retryNow();
    }
  };

  /** A page that was left is kept for the way back, with all its connections. */
  readonly #onShow = (): void => {
    if (this.#paused) {
      void this.#connect();
    }
  };

  readonly #pause = (): void => {
    clearTimeout(this.#hiddenTimer);
    this.#giveUp();
    this.#paused = true;
    this.#store.disconnected();
  };

  #giveUp(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#current?.abort();
    this.#current = undefined;
  }

  async #connect(): Promise<void> {
    this.#timer = undefined;
    this.#paused = false;
    const current = new AbortController();
    this.#current = current;
    let begun = false;
    const end = await readLiveStream(LIVE_PATH, current.signal, (event) => {
      begun ||= event.kind === 'snapshot';
      if (begun && this.#current === current) {
        this.#apply(event);
      }
    });
    if (this.#current !== current) {
      return;
    }
    if (end === 'unauthenticated') {
      this.#onExpired();
    } else {
      this.#retryLater();
    }
  }

  #apply(event: LiveEvent): void {
    switch (event.kind) {
      case 'snapshot':
        this.#attempt = 0;
        this.#store.applySnapshot(event.snapshot);
        break;
      case 'gateway':
        this.#store.applyGateway(event.gateway);
        break;
      case 'gate':
        this.#store.applyGate(event.gate);
        break;
      case 'command':
        this.#store.commandChanged(event.id);
        break;
    }
  }

  #retryLater(): void {
    this.#store.disconnected();
    this.#attempt += 1;
    this.#timer = setTimeout(() => void this.#connect(), backoffMs(this.#attempt));
  }
}
