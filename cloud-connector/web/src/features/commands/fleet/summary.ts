/** A part of the targets, as the bar shows it. */
export type Share = {
  readonly name: 'done' | 'failed' | 'open' | 'waiting';
  readonly count: number;
  readonly percent: number;
};

const DONE: readonly string[] = ['SUCCESS'];
const OPEN: readonly string[] = ['PENDING_APPROVAL', 'PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING'];

/** Puts the states of a fleet's targets into four parts; what is refused has failed. */
export function sharesOf(summary: Readonly<Record<string, number>>): readonly Share[] {
  const counts = { done: 0, failed: 0, open: 0, waiting: 0 };
  for (const [state, count] of Object.entries(summary)) {
    counts[partOf(state)] += count;
  }
  const total = Math.max(1, counts.done + counts.failed + counts.open + counts.waiting);
  return (['done', 'failed', 'open', 'waiting'] as const).map((name) => ({
    name,
    count: counts[name],
    percent: (counts[name] / total) * 100,
  }));
}

function partOf(state: string): Share['name'] {
  if (state === 'waiting') {
    return 'waiting';
  }
  return DONE.includes(state) ? 'done' : OPEN.includes(state) ? 'open' : 'failed';
}
