import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect } from 'react';
import { detailKey, LISTS } from '@/features/commands/api/queries';
import { LiveStoreContext } from '@/lib/live/use-live';

/** However many commands change, lists are asked for again this often at most. */
const LISTS_EVERY_MS = 500;

/** Has what is shown of commands asked for again when they change. */
export function useCommandUpdates(): void {
  const store = useContext(LiveStoreContext);
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.onCommand((id) => {
      void queries.invalidateQueries({ queryKey: id === null ? ['commands', 'detail'] : detailKey(id) });
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: LISTS });
      }, LISTS_EVERY_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, queries]);
}
