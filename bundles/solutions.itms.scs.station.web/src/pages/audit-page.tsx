import { translateIfKnown, type Translate } from '@/i18n/translate';
import { api } from '@/lib/api';
import { dateTime } from '@/lib/time';
import type { AuditEntry } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { useAnswer } from '@/ui/hooks';

const REFRESH_MILLIS = 5_000;

/** Who has set what, and why. */
export function AuditPage() {
  const { t, model, now } = useScreen();
  const { answer, failed } = useAnswer(api.audit, `${Math.floor(now / REFRESH_MILLIS)}`);
  return (
    <div class="page" data-testid="audit">
      <h1>{t('audit.title')}</h1>
      <p class="muted">{t('audit.text')}</p>
      {failed && <p class="failure">{translateIfKnown(t, `failed.${failed}`, failed)}</p>}
      {answer?.entries.length === 0 && <p>{t('audit.empty')}</p>}
      <div class="table-room">
        <table>
          <thead>
            <tr>
              {(['at', 'who', 'device', 'kind', 'before', 'after', 'reason'] as const).map((name) => (
                <th key={name}>{t(`audit.${name}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer?.entries.map((entry) => (
              <tr
                key={entry.seq}
                class={entry.seq === entry.group ? 'group' : ''}
                data-testid={`audit-${entry.seq}`}
              >
                <td class="moment">{dateTime(entry.at, model.station.zone)}</td>
                <td>{entry.who}</td>
                <td>{entry.device}</td>
                <td>{translateIfKnown(t, `audit.kind.${entry.kind}`, entry.kind)}</td>
                <td>{valueText(t, entry, entry.before)}</td>
                <td>{valueText(t, entry, entry.after)}</td>
                <td>{entry.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function valueText(t: Translate, entry: AuditEntry, value: string | null): string {
  const prefix = entry.kind === 'aisle_mode' ? 'aisle' : 'operation';
  return translateIfKnown(t, `${prefix}.${value ?? 'null'}`, value ?? '');
}
