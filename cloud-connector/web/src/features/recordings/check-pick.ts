import {
  common,
  joined,
  lengthOf,
  MINUTE,
  type Span,
  totalOf,
  without,
} from '@/features/recordings/timeline/span';

/** How long, in ms, and how large a clip may be. */
export type Limits = { readonly longest: number; readonly bytes: number };

/** What a gateway allows that is set up as it comes, and that does not say. */
export const USUAL_LIMITS: Limits = { longest: 15 * MINUTE, bytes: 1_000_000_000 };

export type Verdict = {
  /** Why it can't be asked for. */
  readonly fault?: 'export.tooLong' | 'export.backwards' | 'export.future';
  /** How much of it, in ms, is there, is not there, and is not known. */
  readonly recorded: number;
  readonly missing: number;
  readonly unknown: number;
};

/** What is to be expected of a clip. */
export function check(
  pick: Span,
  known: readonly Span[],
  segments: readonly Span[],
  now: number,
  { longest }: Limits = USUAL_LIMITS,
): Verdict {
  const nothing = { recorded: 0, missing: 0, unknown: 0 };
  if (pick.to <= pick.from) {
    return { ...nothing, fault: 'export.backwards' };
  }
  if (lengthOf(pick) > longest) {
    return { ...nothing, fault: 'export.tooLong' };
  }
  if (pick.to > now) {
    return { ...nothing, fault: 'export.future' };
  }
  const seen = known.flatMap((span) => common(span, pick) ?? []);
  const has = seen.flatMap((span) => segments.flatMap((segment) => common(segment, span) ?? []));
  return {
    recorded: totalOf(joined(has)),
    missing: totalOf(without(seen, joined(has))),
    unknown: totalOf(without([pick], seen)),
  };
}
