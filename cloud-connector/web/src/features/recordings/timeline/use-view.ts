import { useState } from 'react';
import { DAY, dayOf, HOUR, lengthOf, moved, type Span, zoomed } from '@/features/recordings/timeline/span';

/** Beyond now there is nothing to see but how late it is. */
const AHEAD = HOUR;
const STEP = 0.2;
export const ZOOM_STEP = 1.5;

/** Which stretch is shown, and every way to move it. */
export function useView(now: number) {
  const [view, setView] = useState<Span>(() => dayOf(now));
  const bounded = (span: Span): Span => {
    const latest = Math.max(dayOf(now).to, now + AHEAD);
    return span.to > latest ? moved(span, latest - span.to) : span;
  };
  const show = (change: (view: Span) => Span) => {
    setView((old) => bounded(change(old)));
  };
  const middle = ({ from, to }: Span) => (from + to) / 2;
  /** What is looked at: the middle, or now where that is yet to come. */
  const focus = (span: Span) => (now > span.from ? Math.min(middle(span), now) : middle(span));
  const aroundNow = (length: number): Span => ({
    from: now - length * (1 - STEP),
    to: now + length * STEP,
  });
  return {
    view,
    move: (ms: number) => {
      show((old) => moved(old, ms));
    },
    step: (direction: -1 | 1, whole = false) => {
      show((old) => moved(old, direction * lengthOf(old) * (whole ? 1 : STEP)));
    },
    zoom: (factor: number, at?: number) => {
      show((old) => zoomed(old, factor, at ?? focus(old)));
    },
    /** So much, of the past rather than of what is yet to come; a day is one from midnight to midnight. */
    setLength: (length: number) => {
      show((old) => {
        const next = length === DAY ? dayOf(focus(old)) : zoomed(old, length / lengthOf(old), middle(old));
        return length < DAY && next.to > now ? aroundNow(length) : next;
      });
    },
    goTo: (at: number) => {
      show((old) =>
        lengthOf(old) === DAY ? dayOf(at) : { from: at - lengthOf(old) / 2, to: at + lengthOf(old) / 2 },
      );
    },
    goToNow: () => {
      show((old) =>
        lengthOf(old) >= DAY
          ? { from: dayOf(now).to - lengthOf(old), to: dayOf(now).to }
          : aroundNow(lengthOf(old)),
      );
    },
  };
}

export type View = ReturnType<typeof useView>;
