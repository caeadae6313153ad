export type RowFilter = {
  /** Words that all have to occur, in any order; letter case doesn't matter. */
  readonly query: string;
  readonly status: string | null;
};

type HasStatus = { readonly status: string };

/** Rows in which every word of the query occurs. */
export function matchQuery<T>(
  rows: readonly T[],
  query: string,
  textOf: (row: T) => readonly (string | null)[],
): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return rows;
  }
  return rows.filter((row) => {
    const text = textOf(row).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function matchStatus<T extends HasStatus>(rows: readonly T[], status: string | null): readonly T[] {
  return status === null ? rows : rows.filter((row) => row.status === status);
}
