/** A page of a list of the server. */
export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };
