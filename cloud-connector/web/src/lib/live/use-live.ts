import { createContext, useContext, useSyncExternalStore } from 'react';
import { frameSchedule } from '@/lib/live/frame-schedule';
import { type Connection, type LiveState, LiveStore } from '@/lib/live/live-store';
import type { Gate, Gateway } from '@/lib/live/types';

export const LiveStoreContext = createContext(new LiveStore(frameSchedule()));

/** Each part keeps its identity until it changes, so a reader of one is not bothered by another. */
function useLive<T>(part: (state: LiveState) => T): T {
  const store = useContext(LiveStoreContext);
  return useSyncExternalStore(store.subscribe, () => part(store.getState()));
}

export function useGateways(): readonly Gateway[] {
  return useLive((state) => state.gateways);
}

export function useGates(): readonly Gate[] {
  return useLive((state) => state.gates);
}

export function useConnection(): Connection {
  return useLive((state) => state.connection);
}

/** Whether there has been a snapshot yet. */
export function useLoaded(): boolean {
  return useLive((state) => state.loaded);
}

/** To be added to the browser's time to get the server's, in ms. */
export function useServerOffset(): number {
  return useLive((state) => state.serverOffset);
}
