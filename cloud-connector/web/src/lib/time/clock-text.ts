import type { Translate } from '@/lib/i18n/translate';
import { formatAge } from '@/lib/time/format-age';

/** From here on it matters to whoever looks for a moment. */
const WRONG_MS = 2_000;

export const isClockWrong = (aheadMillis: number | null) =>
  aheadMillis !== null && Math.abs(aheadMillis) >= WRONG_MS;

/** How a device's clock is, beside its gateway's. */
export function clockText(aheadMillis: number | null, t: Translate): string {
  if (aheadMillis === null) {
    return t('nvr.clockUnknown');
  }
  const off = Math.abs(Math.round(aheadMillis));
  if (!isClockWrong(aheadMillis)) {
    return t('nvr.clockRight', { ms: off });
  }
  return t(aheadMillis > 0 ? 'nvr.clockAhead' : 'nvr.clockBehind', { by: formatAge(off, t) });
}
