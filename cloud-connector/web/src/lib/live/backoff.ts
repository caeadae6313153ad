const FIRST_MS = 1_000;
const CAP_MS = 30_000;

/** Wait before the attempt (1, 2, …): doubled, capped, and jittered, so that a thousand consoles don't come back at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return ceiling / 2 + (random() * ceiling) / 2;
}
