import type { Translate } from '@/i18n/translate';
import { age, dateTime } from '@/lib/time';

type Props = { t: Translate; stationMillis: number; now: number; zone: string };

/** What is shown is old: nobody may take it for the gates as they are. */
export function ConnectionBanner({ t, stationMillis, now, zone }: Props) {
  return (
    <div class="not-connected" role="alert" data-testid="not-connected">
      <strong>{t('connection.lost')}</strong>
      <span>
        {stationMillis === 0
          ? t('connection.never')
          : t('connection.lostText', {
              age: age(now - stationMillis, t),
              time: dateTime(stationMillis, zone),
            })}
      </span>
    </div>
  );
}
