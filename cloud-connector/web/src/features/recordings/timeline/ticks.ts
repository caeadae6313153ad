import { DAY, HOUR, lengthOf, MINUTE, SECOND, type Span } from '@/features/recordings/timeline/span';

export type Tick = { readonly at: number; readonly kind: 'day' | 'minute' | 'second' };

const STEPS = [
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
] as const;
const LEAST_PX = 72;

/** Where a label stands: at round times of the browser's time zone, no closer than can be read. */
export function ticksOf(span: Span, width: number): readonly Tick[] {
  const wanted = (lengthOf(span) / Math.max(1, width)) * LEAST_PX;
  const step = STEPS.find((one) => one >= wanted) ?? DAY;
  const ticks: Tick[] = [];
  // from midnight on, so that labels are round where the zone is not a whole number of hours away
  const midnight = new Date(span.from);
  midnight.setHours(0, 0, 0, 0);
  for (let day = midnight; day.getTime() < span.to; day = nextDay(day)) {
    const end = nextDay(day).getTime();
    for (let at = day.getTime(); at < Math.min(end, span.to); at += step) {
      if (at >= span.from) {
        ticks.push({ at, kind: at === day.getTime() ? 'day' : step < MINUTE ? 'second' : 'minute' });
      }
    }
  }
  return ticks;
}

function nextDay(day: Date): Date {
  const next = new Date(day);
  next.setDate(next.getDate() + 1);
  return next;
}
