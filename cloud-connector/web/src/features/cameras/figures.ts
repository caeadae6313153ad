import type { Json } from '@/lib/json';

/** The newest value of a series. */
export type Latest = {
  readonly subject: string;
  readonly metric: string;
  readonly at: string;
  readonly value: Json;
};

/** What was measured in a stretch; null where nothing is a number. */
export type Bucket = {
  readonly at: string;
  readonly count: number;
  readonly min: number | null;
  readonly avg: number | null;
  readonly max: number | null;
};

/** Under which name a gateway tells of a camera. */
export const subjectOf = (camera: string) => `camera/${camera}/metrics`;

/** The newest values of one subject by the name of their metric. */
export function latestOf(all: readonly Latest[], subject: string): Readonly<Partial<Record<string, Latest>>> {
  return Object.fromEntries(all.filter((one) => one.subject === subject).map((one) => [one.metric, one]));
}

export type Curve = {
  /** For an SVG path in a box of 100 by 100; nothing is drawn where nothing was measured. */
  readonly area: string;
  readonly min: number;
  readonly max: number;
  readonly latest: number;
};

const BOX = 100;
const MARGIN = 6;

/** The band between the smallest and the largest of each bucket; null when there is nothing to draw. */
export function curveOf(
  buckets: readonly Bucket[],
  from: number,
  to: number,
  bucketMs: number,
): Curve | null {
  const points = buckets.flatMap(({ at, min, avg, max }) =>
    min === null || max === null || avg === null ? [] : [{ at: Date.parse(at), min, avg, max }],
  );
  const last = points.at(-1);
  if (last === undefined) {
    return null;
  }
  const low = Math.min(...points.map(({ min }) => min));
  const high = Math.max(...points.map(({ max }) => max));
  const x = (at: number) => (((at - from) / (to - from)) * BOX).toFixed(2);
  const y = (value: number) =>
    (BOX - MARGIN - ((value - low) / (high - low || 1)) * (BOX - 2 * MARGIN)).toFixed(2);
  const runs: (typeof points)[] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && point.at - before.at <= 2 * bucketMs) {
      run.push(point);
    } else {
      runs.push([point]);
    }
  }
  const area = runs
    .map((run) => {
      const end = (run.at(-1)?.at ?? 0) + bucketMs;
      const tail = run.at(-1);
      const top = [...run.map((one) => `${x(one.at)},${y(one.max)}`), `${x(end)},${y(tail?.max ?? 0)}`];
      const bottom = [
        `${x(end)},${y(tail?.min ?? 0)}`,
        ...run.toReversed().map((one) => `${x(one.at)},${y(one.min)}`),
      ];
      return `M${[...top, ...bottom].join('L')}Z`;
    })
    .join('');
  return { area, min: low, max: high, latest: last.avg };
}
