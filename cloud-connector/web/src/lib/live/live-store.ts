import { type Gate, gateKey, type Gateway, type Snapshot } from '@/lib/live/types';

/** `since`: the browser's time in ms at which this began. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live'; readonly since: number }
  | { readonly state: 'retrying'; readonly since: number };

export type LiveState = {
  readonly connection: Connection;
  /** False until the first snapshot: an empty list means nothing before that. */
  readonly loaded: boolean;
  readonly gateways: readonly Gateway[];
  readonly gates: readonly Gate[];
  /** To be added to the browser's time to get the server's, in ms. */
  readonly serverOffset: number;
};

/** Runs the task soon, once; the store never asks again before it ran. */
export type Schedule = (task: () => void) => void;

/**
 * What the server said last, for `useSyncExternalStore`. A snapshot replaces everything at once. Changes are collected by
 * key, so that a burst, or a hidden tab that runs no frames, costs no more than one entry a row, and are shown together.
 */
export class LiveStore {
  #state: LiveState = {
    connection: { state: 'connecting' },
    loaded: false,
    gateways: [],
    gates: [],
    serverOffset: 0,
  };
  readonly #gateways = new Map<string, Gateway>();
  readonly #gates = new Map<string, Gate>();
  #gatewaysChanged = false;
  #gatesChanged = false;
  #scheduled = false;
  readonly #listeners = new Set<() => void>();
  readonly #commandListeners = new Set<(id: string | null) => void>();
  readonly #schedule: Schedule;
  readonly #now: () => number;

  constructor(schedule: Schedule, now: () => number = Date.now) {
    this.#schedule = schedule;
    this.#now = now;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): LiveState => this.#state;

  /** Tells of every command that has changed; null when any may have, because changes were missed. */
  readonly onCommand = (listener: (id: string | null) => void): (() => void) => {
    this.#commandListeners.add(listener);
    return () => this.#commandListeners.delete(listener);
  };

  commandChanged(id: string | null): void {
    this.#commandListeners.forEach((listener) => {
      listener(id);
    });
  }

  applySnapshot(snapshot: Snapshot): void {
    this.#gateways.clear();
    this.#gates.clear();
    snapshot.gateways.forEach((gateway) => this.#gateways.set(gateway.id, gateway));
    snapshot.gates.forEach((gate) => this.#gates.set(gateKey(gate), gate));
    this.#gatewaysChanged = this.#gatesChanged = false;
    const serverTime = Date.parse(snapshot.serverTime);
    this.#publish({
      connection: { state: 'live', since: this.#now() },
      loaded: true,
      gateways: [...this.#gateways.values()],
      gates: [...this.#gates.values()],
      serverOffset: Number.isNaN(serverTime) ? this.#state.serverOffset : serverTime - this.#now(),
    });
    this.commandChanged(null);
  }

  applyGateway(gateway: Gateway): void {
    this.#gateways.set(gateway.id, gateway);
    this.#gatewaysChanged = true;
    this.#flushSoon();
  }

  applyGate(gate: Gate): void {
    this.#gates.set(gateKey(gate), gate);
    this.#gatesChanged = true;
    this.#flushSoon();
  }

  /** Keeps what is shown and the time at which it began to be old. */
  disconnected(): void {
    if (this.#state.connection.state !== 'retrying') {
      this.#publish({ connection: { state: 'retrying', since: this.#now() } });
    }
  }

  /** Forgets everything: the next user must not see what this one saw. */
  clear(): void {
    this.#gateways.clear();
    this.#gates.clear();
    this.#gatewaysChanged = this.#gatesChanged = false;
    this.#publish({ connection: { state: 'connecting' }, loaded: false, gateways: [], gates: [] });
  }

  #flushSoon(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      this.#schedule(() => {
        this.#scheduled = false;
        this.#flush();
      });
    }
  }

  #flush(): void {
    if (this.#gatewaysChanged || this.#gatesChanged) {
      this.#publish({
        ...(this.#gatewaysChanged && { gateways: [...this.#gateways.values()] }),
        ...(this.#gatesChanged && { gates: [...this.#gates.values()] }),
      });
      this.#gatewaysChanged = this.#gatesChanged = false;
    }
  }

  #publish(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.forEach((listener) => {
      listener();
    });
  }
}
