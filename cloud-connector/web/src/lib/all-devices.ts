import { get } from '@/lib/api-client';
import type { Page } from '@/lib/page';

/** Devices in one answer. */
const PAGE = 1_000;

/** The devices of a kind, page after page, until there are no more or as many as are wanted. */
export async function allDevices<T>(type: string, most: number): Promise<readonly T[]> {
  const found: T[] = [];
  let after: string | null = null;
  do {
    const parameters = new URLSearchParams({ type, limit: String(PAGE) });
    if (after !== null) {
      parameters.set('after', after);
    }
    const page: Page<T> = await get<Page<T>>(`/api/v1/devices?${parameters}`);
    found.push(...page.items);
    after = page.next;
  } while (after !== null && found.length < most);
  return found;
}
