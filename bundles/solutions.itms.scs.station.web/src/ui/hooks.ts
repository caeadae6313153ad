import { useEffect, useState } from 'preact/hooks';
import type { Feed, Picture } from '@/lib/feed';

/** What the feed has told last; drawn anew with each message, and twice a second for the ages. */
export function usePicture(feed: Feed): Picture {
  const [picture, setPicture] = useState(feed.now());
  const [, setTick] = useState(0);
  useEffect(() => {
    const stopFeed = feed.start();
    const unsubscribe = feed.subscribe(() => {
      setPicture(feed.now());
    });
    const timer = setInterval(() => {
      setTick((tick) => tick + 1);
    }, 500);
    return () => {
      clearInterval(timer);
      unsubscribe();
      stopFeed();
    };
  }, [feed]);
  return picture;
}

/** A value that outlives the page. */
export function useStored<T extends string>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (read(key) as T | null) ?? initial);
  return [
    value,
    (next) => {
      setValue(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        // a browser that keeps nothing: it lasts as long as the page
      }
    },
  ];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The part of the address behind #. */
export function useHash(): [string, (hash: string) => void] {
  const [hash, setHash] = useState(location.hash.slice(1));
  useEffect(() => {
    const follow = () => {
      setHash(location.hash.slice(1));
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, []);
  return [
    hash,
    (next) => {
      location.hash = next;
    },
  ];
}

/** The answer of a request that is made when what it depends on changes. */
export function useAnswer<T>(
  ask: () => Promise<T>,
  key: string,
): { answer: T | null; failed: string | null } {
  const [state, setState] = useState<{ key: string; answer: T | null; failed: string | null }>({
    key,
    answer: null,
    failed: null,
  });
  useEffect(() => {
    let wanted = true;
    ask().then(
      (answer) => {
        if (wanted) {
          setState({ key, answer, failed: null });
        }
      },
      (failure: unknown) => {
        if (wanted) {
          setState({
            key,
            answer: null,
            failed: failure instanceof Error ? failure.message : String(failure),
          });
        }
      },
    );
    return () => {
      wanted = false;
    };
    // what is asked follows from the key
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return state;
}
