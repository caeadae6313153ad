import { type PointerEvent, useRef } from 'react';

type Drag = {
  /** Where the pointer is in the element, in px. */
  readonly onStart?: (x: number) => void;
  /** Where it began, where it is, and how far it came since it was asked last. */
  readonly onMove: (start: number, x: number, since: number) => void;
  /** A press without a move as well. */
  readonly onEnd?: (start: number, x: number) => void;
};

/** Follows the pointer from the press to the release, wherever it goes meanwhile. */
export function useDrag({ onStart, onMove, onEnd }: Drag) {
  const drag = useRef<{ readonly start: number; last: number } | null>(null);
  const xOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const end = (event: PointerEvent) => {
    if (drag.current !== null) {
      onEnd?.(drag.current.start, xOf(event));
      drag.current = null;
    }
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) {
        return;
      }
      event.currentTarget.setPointerCapture(event.pointerId);
      const x = xOf(event);
      drag.current = { start: x, last: x };
      onStart?.(x);
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag.current !== null) {
        const x = xOf(event);
        onMove(drag.current.start, x, x - drag.current.last);
        drag.current.last = x;
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
