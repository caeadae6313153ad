import { useState } from 'preact/hooks';
import { translateIfKnown } from '@/i18n/translate';
import { api, logFileUrl } from '@/lib/api';
import { bytes } from '@/lib/bytes';
import { moment } from '@/lib/time';
import type { LogFile } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { useAnswer } from '@/ui/hooks';

const LINES = 500;
const REFRESH_MILLIS = 5_000;

type Shown = { device: string } | { path: string } | null;

/** The folder of the log: its files to look into and to keep. */
export function LogsPage({ device }: { device: string }) {
  const { t, model, now } = useScreen();
  const [path, setPath] = useState<string | null>(null);
  const [chosen, setChosen] = useState(device);
  const refresh = Math.floor(now / REFRESH_MILLIS);
  const { answer, failed } = useAnswer(api.logs, `${refresh}`);
  const shown: Shown = path !== null ? { path } : chosen ? { device: chosen } : null;
  return (
    <div class="page logs" data-testid="logs">
      <h1>{t('logs.title')}</h1>
      {answer && <p class="folder">{t('logs.folder', { folder: answer.folder })}</p>}
      {failed && <p class="failure">{translateIfKnown(t, `failed.${failed}`, failed)}</p>}
      <div class="logs-parts">
        <div class="log-files">
          <label class="field">
            {t('logs.device')}
            <select
              value={chosen}
              onChange={(event) => {
                setPath(null);
                setChosen(event.currentTarget.value);
              }}
            >
              <option value="">{t('logs.chooseDevice')}</option>
              {[...model.devices.keys()].map((id) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          </label>
          {answer?.files.length === 0 && <p class="muted">{t('logs.empty')}</p>}
          <table>
            <thead>
              <tr>
                <th>{t('logs.file')}</th>
                <th class="number">{t('logs.size')}</th>
                <th>{t('logs.written')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {answer?.files.map((file) => (
                <FileRow
                  key={file.path}
                  file={file}
                  written={moment(file.modified, now, model.station.zone)}
                  onView={() => {
                    setPath(file.path);
                  }}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Lines shown={shown} refresh={refresh} />
      </div>
    </div>
  );
}

function FileRow({ file, written, onView }: { file: LogFile; written: string; onView: () => void }) {
  const { t } = useScreen();
  return (
    <tr data-testid={`file-${file.path}`}>
      <td>{file.path}</td>
      <td class="number">{bytes(file.bytes)}</td>
      <td>{written}</td>
      <td class="file-buttons">
        {!file.path.endsWith('.gz') && (
          <button type="button" class="small" onClick={onView}>
            {t('logs.view')}
          </button>
        )}
        <a class="small" href={logFileUrl(file.path)} download="">
          {t('logs.download')}
        </a>
      </td>
    </tr>
  );
}

function Lines({ shown, refresh }: { shown: Shown; refresh: number }) {
  const { t } = useScreen();
  const name = shown === null ? '' : 'device' in shown ? shown.device : shown.path;
  const { answer, failed } = useAnswer(
    () => (shown === null ? Promise.resolve({ lines: [] }) : api.tail(shown, LINES)),
    `${name} ${refresh}`,
  );
  if (shown === null) {
    return <p class="muted">{t('logs.choose')}</p>;
  }
  return (
    <section class="log-lines" aria-label={t('logs.lines', { name })}>
      <h2>{t('logs.lines', { name })}</h2>
      {failed && <p class="failure">{translateIfKnown(t, `failed.${failed}`, failed)}</p>}
      {answer?.lines.length === 0 && <p class="muted">{t('logs.noLines')}</p>}
      {/* the newest first: it is what people look for, and it stays where it is while the file grows */}
      <pre lang="en" data-testid="log-lines">
        {answer ? [...answer.lines].reverse().join('\n') : ''}
      </pre>
    </section>
  );
}
