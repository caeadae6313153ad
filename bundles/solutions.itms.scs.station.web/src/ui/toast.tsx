import { useEffect } from 'preact/hooks';
import { useScreen } from './context';
import { AlarmIcon, CheckIcon, CloseIcon } from './icons';

export type Note = { tone: 'done' | 'failure'; text: string };

const SHOWN_MILLIS = 8_000;

/** What became of the last order; a failure stays until somebody has closed it. */
export function Toast({ note, onClose }: { note: Note | null; onClose: () => void }) {
  const { t } = useScreen();
  useEffect(() => {
    if (note?.tone !== 'done') {
      return;
    }
    const timer = setTimeout(onClose, SHOWN_MILLIS);
    return () => {
      clearTimeout(timer);
    };
    // a new note starts anew; who closes it does not matter
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [note]);
  return (
    <div class="toast-room" role={note?.tone === 'failure' ? 'alert' : 'status'}>
      {note && (
        <div class={`toast ${note.tone}`} data-testid="toast">
          {note.tone === 'done' ? <CheckIcon /> : <AlarmIcon />}
          <span>{note.text}</span>
          <button type="button" class="plain square" aria-label={t('done.dismiss')} onClick={onClose}>
            <CloseIcon />
          </button>
        </div>
      )}
    </div>
  );
}
