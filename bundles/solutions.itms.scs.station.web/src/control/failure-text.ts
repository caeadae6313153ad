import { translateIfKnown, type Translate } from '@/i18n/translate';
import { Failure } from '@/lib/api';

/** What went wrong with an order, and that nothing was changed, where that is known. */
export function failureText(t: Translate, failure: unknown): string {
  if (!(failure instanceof Failure)) {
    return t('failed.unexpected', { error: String(failure) });
  }
  const missing = failure.missing.map((need) => translateIfKnown(t, `missing.${need}`, need)).join(', ');
  return translateIfKnown(
    t,
    `failed.${failure.code}`,
    t('failed.unexpected', { error: `${failure.status} ${failure.code}` }),
    { missing, devices: failure.devices.slice(0, 12).join(', ') },
  );
}
