import type { Schedule } from '@/lib/live/live-store';

/** Faster than this nobody reads, and thousands of rows are not to be sorted on every frame. */
const SPACING_MS = 200;

/** Tasks run in an animation frame, the first at the next one, later ones spaced. A hidden tab runs none until it is seen. */
export function frameSchedule(): Schedule {
  let last = -SPACING_MS;
  const inFrame = (task: () => void) => {
    requestAnimationFrame((at) => {
      last = at;
      task();
    });
  };
  return (task) => {
    const wait = last + SPACING_MS - performance.now();
    if (wait <= 0) {
      inFrame(task);
    } else {
      setTimeout(inFrame, wait, task);
    }
  };
}
