import { translateIfKnown } from '@/i18n/translate';
import { api } from '@/lib/api';
import { moment } from '@/lib/time';
import type { Alarm } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { AlarmIcon, CheckIcon } from '@/ui/icons';

const SHOWN = 100;

/** What somebody should look at: what nobody has noted comes first, then the newest. */
export function Alarms({ onFailure }: { onFailure: (failure: unknown) => void }) {
  const { t, model, now } = useScreen();
  const alarms = [...model.alarms].sort(
    (a, b) => Number(a.acknowledgedBy !== null) - Number(b.acknowledgedBy !== null) || b.since - a.since,
  );
  return (
    <section class="alarms" aria-labelledby="alarms-title" data-testid="alarms">
      <h2 id="alarms-title">
        {t('alarms.title')} <span class="count">{alarms.length}</span>
      </h2>
      {alarms.length === 0 && <p class="muted">{t('alarms.none')}</p>}
      <ul>
        {alarms.slice(0, SHOWN).map((alarm) => (
          <li key={alarm.id} class={alarm.acknowledgedBy === null ? 'alarm' : 'alarm noted'}>
            <AlarmIcon class="alarm-icon" />
            <div class="alarm-body">
              <strong>{translateIfKnown(t, `alarm.${alarm.kind}`, alarm.kind)}</strong>
              {alarm.subject && <span class="alarm-subject">{alarm.subject}</span>}
              <span class="alarm-text" lang="en">
                {alarm.text}
              </span>
              <span class="muted">
                {t('alarms.since', { time: moment(alarm.since, now, model.station.zone) })}
                {alarm.count > 1 && ` · ${t('alarms.times', { n: alarm.count })}`}
                {alarm.acknowledgedBy !== null &&
                  ` · ${t('alarms.acknowledged', { who: alarm.acknowledgedBy })}`}
              </span>
            </div>
            {alarm.acknowledgedBy === null && model.station.mayControl && (
              <NoteButton alarm={alarm} onFailure={onFailure} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoteButton({ alarm, onFailure }: { alarm: Alarm; onFailure: (failure: unknown) => void }) {
  const { t } = useScreen();
  return (
    <button
      type="button"
      class="small"
      onClick={() => {
        api.acknowledge(alarm.id).catch(onFailure);
      }}
    >
      <CheckIcon />
      {t('alarms.acknowledge')}
    </button>
  );
}
