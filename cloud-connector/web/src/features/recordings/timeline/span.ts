/** A stretch of time in ms since 1970: `from` belongs to it, `to` does not. */
export type Span = { readonly from: number; readonly to: number };

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How near and how far one can look. */
export const SHORTEST = 5 * MINUTE;
export const LONGEST = 7 * DAY;

export const lengthOf = ({ from, to }: Span) => to - from;

export const overlaps = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** The part of both; null when they have none. */
export function common(one: Span, other: Span): Span | null {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from < to ? { from, to } : null;
}

/** A longer (factor above 1) or shorter view in which the moment stays where it is. */
export function zoomed(span: Span, factor: number, at: number): Span {
  const length = Math.min(LONGEST, Math.max(SHORTEST, lengthOf(span) * factor));
  const share = (at - span.from) / lengthOf(span);
  const from = Math.round(at - share * length);
  return { from, to: from + Math.round(length) };
}

export function moved(span: Span, ms: number): Span {
  const by = Math.round(ms);
  return { from: span.from + by, to: span.to + by };
}

/** The day of the browser's time zone in which the moment is. */
export function dayOf(at: number): Span {
  const from = new Date(at);
  from.setHours(0, 0, 0, 0);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  return { from: from.getTime(), to: to.getTime() };
}

/** The days that a stretch touches, the earliest first. */
export function daysOf(span: Span): readonly Span[] {
  const days: Span[] = [];
  for (let day = dayOf(span.from); day.from < span.to; day = dayOf(day.to)) {
    days.push(day);
  }
  return days;
}

/** In order, those that touch made one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last !== undefined && span.from <= last.to) {
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else if (span.from < span.to) {
      all.push(span);
    }
  }
  return all;
}

/** What is left of the stretches without those parts; both in order and without overlaps. */
export function without(spans: readonly Span[], parts: readonly Span[]): readonly Span[] {
  return spans.flatMap((span) => {
    const left: Span[] = [];
    let from = span.from;
    for (const part of parts) {
      if (part.to <= from || part.from >= span.to) {
        continue;
      }
      if (part.from > from) {
        left.push({ from, to: part.from });
      }
      from = Math.max(from, part.to);
    }
    if (from < span.to) {
      left.push({ from, to: span.to });
    }
    return left;
  });
}

export const totalOf = (spans: readonly Span[]) => spans.reduce((sum, span) => sum + lengthOf(span), 0);
