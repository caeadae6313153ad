import { useSyncExternalStore } from 'react';

/** One timer for every age on the screen, running only while there is one. Says the browser's time, a step a second. */
class Ticker {
  #now = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.#tick();
      this.#timer = setInterval(() => {
        this.#tick();
      }, 1000);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        clearInterval(this.#timer);
      }
    };
  };

  readonly now = (): number => this.#now;

  #tick(): void {
    this.#now = Date.now();
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

const ticker = new Ticker();

/** The browser's time in ms since 1970, renewed each second. */
export function useTick(): number {
  return useSyncExternalStore(ticker.subscribe, ticker.now);
}
