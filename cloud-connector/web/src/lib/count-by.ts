/** How many rows there are of each kind. */
export function countBy<T>(rows: readonly T[], kind: (row: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    counts.set(kind(row), (counts.get(kind(row)) ?? 0) + 1);
  }
  return counts;
}
