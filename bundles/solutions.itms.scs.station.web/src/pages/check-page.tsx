import { useState } from 'preact/hooks';
import { translateIfKnown } from '@/i18n/translate';
import { api } from '@/lib/api';
import { dateTime } from '@/lib/time';
import type { CheckRow } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { useAnswer } from '@/ui/hooks';
import { AlarmIcon, CheckIcon, PersonIcon, UnknownIcon } from '@/ui/icons';
import { csvOf, factText, OWNERS } from './check-text';

const ICONS = { ok: CheckIcon, attention: AlarmIcon, unknown: UnknownIcon, ask: PersonIcon };

/** The list that has to be confirmed, with what the station itself can say of each item. */
export function CheckPage() {
  const { t, model } = useScreen();
  const [times, setTimes] = useState(0);
  const { answer, failed } = useAnswer(api.check, `${times}`);
  const zone = model.station.zone;
  return (
    <div class="page check" data-testid="check">
      <h1>
        {t('check.title')} · {model.station.id}
      </h1>
      <p class="muted">{t('check.text')}</p>
      {failed && <p class="failure">{translateIfKnown(t, `failed.${failed}`, failed)}</p>}
      {answer && (
        <>
          <div class="page-buttons">
            <span class="muted">{t('check.at', { time: dateTime(answer.at, zone) })}</span>
            <button
              type="button"
              class="plain"
              onClick={() => {
                setTimes(times + 1);
              }}
            >
              {t('check.again')}
            </button>
            <button
              type="button"
              class="plain"
              data-testid="check-csv"
              onClick={() => {
                save(`self-check-${model.station.id || 'station'}.csv`, csvOf(t, answer.rows, zone));
              }}
            >
              {t('check.csv')}
            </button>
            <button
              type="button"
              class="plain"
              onClick={() => {
                print();
              }}
            >
              {t('check.print')}
            </button>
          </div>
          <div class="table-room">
            <table>
              <thead>
                <tr>
                  <th>#</th>
                  <th>{t('check.item')}</th>
                  <th>{t('check.state')}</th>
                  <th>{t('check.found')}</th>
                  <th class="owner">{t('check.owner')}</th>
                  <th class="paper">{t('check.due')}</th>
                  <th class="paper">{t('check.accepted')}</th>
                  <th class="paper">{t('check.notes')}</th>
                </tr>
              </thead>
              <tbody>
                {answer.rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}

function Row({ row }: { row: CheckRow }) {
  const { t, model } = useScreen();
  const Icon = ICONS[row.state];
  return (
    <tr data-testid={`check-${row.id}`} data-state={row.state}>
      <td>{row.id.slice(1)}</td>
      <td>
        <strong>{translateIfKnown(t, `check.${row.id}`, row.id)}</strong>
      </td>
      <td class={`check-state check-${row.state}`}>
        <Icon />
        {t(`check.state.${row.state}`)}
      </td>
      <td>
        <ul>
          {row.facts.map((fact) => (
            <li key={fact.code}>{factText(t, fact, model.station.zone)}</li>
          ))}
        </ul>
      </td>
      <td class="owner">{OWNERS[row.id]}</td>
      <td class="paper" />
      <td class="paper" />
      <td class="paper" />
    </tr>
  );
}

function save(name: string, text: string): void {
  // a byte order mark, without which spreadsheets take Thai for something else
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 1_000);
}
