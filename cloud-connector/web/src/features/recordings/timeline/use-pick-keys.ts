import { useState } from 'react';
import { lengthOf, type Span } from '@/features/recordings/timeline/span';

type Picking = { readonly anchor: number; readonly head: number };

const SECOND = 1_000;
/** Of what is shown, in one press of an arrow; ten times as much with Shift. */
const STEP = 1 / 100;

/** The stretch between where it began and where the end is now; never empty, never of the future. */
export function stretch({ anchor, head }: Picking, now: number): Span {
  const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
  const end = Math.min(Math.max(to, from + SECOND), now);
  return { from: Math.min(from, end - SECOND), to: end };
}

/** Where a key moves the end of what is picked; null when it is none of those keys. */
export function headAfter(key: string, shift: boolean, head: number, view: Span): number | null {
  const step = Math.max(SECOND, Math.round((lengthOf(view) * STEP) / SECOND) * SECOND) * (shift ? 10 : 1);
  switch (key) {
    case 'ArrowLeft':
      return Math.max(view.from, head - step);
    case 'ArrowRight':
      return Math.min(view.to, head + step);
    case 'Home':
      return view.from;
    case 'End':
      return view.to;
    default:
      return null;
  }
}

/** Picks a stretch by keys: Enter begins it in the middle of what is shown, arrows move its end, Enter or Escape ends. */
export function usePickKeys(view: Span, now: number, onPick: (span: Span) => void) {
  const [picking, setPicking] = useState<Picking | null>(null);
  const put = (next: Picking) => {
    setPicking(next);
    onPick(stretch(next, now));
  };
  return {
    picking: picking !== null,
    stop: () => {
      setPicking(null);
    },
    /** Whether the key was one of picking. */
    press: (key: string, shift: boolean): boolean => {
      if (picking === null) {
        if (key !== 'Enter') {
          return false;
        }
        const middle = Math.min((view.from + Math.min(view.to, now)) / 2, now);
        const at = Math.round(middle / SECOND) * SECOND;
        put({ anchor: at, head: at });
        return true;
      }
      if (key === 'Enter' || key === 'Escape') {
        setPicking(null);
        return true;
      }
      const head = headAfter(key, shift, picking.head, view);
      if (head === null) {
        return false;
      }
      put({ ...picking, head: Math.min(head, now) });
      return true;
    },
  };
}
