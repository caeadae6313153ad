import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useRef } from 'react';
import { setSession } from '@/features/auth/api/session';
import { LiveConnection } from '@/lib/live/live-connection';
import { LiveStoreContext } from '@/lib/live/use-live';

/** Keeps the one live connection while somebody is signed in. Gives what cuts a wait for the next attempt short. */
export function useLiveConnection(): () => void {
  const store = useContext(LiveStoreContext);
  const queries = useQueryClient();
  const connection = useRef<LiveConnection>(null);

  useEffect(() => {
    const current = new LiveConnection(store, () => {
      setSession(queries, { kind: 'nobody', why: 'expired' });
    });
    connection.current = current;
    current.start();
    return () => {
      current.stop();
      store.clear();
    };
  }, [store, queries]);

  return () => connection.current?.retryNow();
}
