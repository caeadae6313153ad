import { useEffect, useRef, useState } from 'preact/hooks';
import { useScreen } from '@/ui/context';
import { Dialog } from '@/ui/dialog';
import { OperationIcon } from '@/ui/icons';

const HOLD_MILLIS = 1_000;

type Props = { devices: number; onEmergency: () => void };

/**
 * Entering an emergency is one guarded action: held for a second, it is done, with finger, mouse or key. A short press,
 * or one of an assistive tool, asks instead.
 */
export function EmergencyButton({ devices, onEmergency }: Props) {
  const { t } = useScreen();
  const [held, setHeld] = useState(false);
  const [asking, setAsking] = useState(false);
  const timerRef = useRef<ReturnType<typeof setTimeout> | null>(null);
  const release = () => {
    if (timerRef.current !== null) {
      clearTimeout(timerRef.current);
      timerRef.current = null;
    }
    setHeld(false);
  };
  const hold = () => {
    if (timerRef.current === null) {
      setHeld(true);
      timerRef.current = setTimeout(() => {
        timerRef.current = null;
        setHeld(false);
        onEmergency();
      }, HOLD_MILLIS);
    }
  };
  useEffect(() => release, []);
  /** Let go in time: whoever pressed for a moment is asked. */
  const letGo = () => {
    if (timerRef.current !== null) {
      release();
      setAsking(true);
    }
  };
  return (
    <>
      <button
        type="button"
        class={`emergency ${held ? 'held' : ''}`}
        data-testid="emergency"
        aria-label={t('emergency.label')}
        onPointerDown={(event) => {
          if (event.button === 0) {
            event.currentTarget.setPointerCapture(event.pointerId);
            hold();
          }
        }}
        onPointerUp={letGo}
        onPointerCancel={release}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            if (!event.repeat) {
              hold();
            }
          }
        }}
        onKeyUp={(event) => {
          event.preventDefault();
          letGo();
        }}
        onBlur={release}
        onContextMenu={(event) => {
          event.preventDefault();
        }}
        onClick={(event) => {
          // neither pointer nor key: an assistive tool
          if (event.detail === 0) {
            setAsking(true);
          }
        }}
      >
        <OperationIcon operation="emergency" />
        <span class="emergency-texts">
          <span class="emergency-word">{t('emergency.button')}</span>
          <small>{t('emergency.hint')}</small>
        </span>
      </button>
      {asking && (
        <Dialog
          title={t('emergency.title')}
          tone="danger"
          testId="emergency-dialog"
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{t('emergency.text', { n: devices })}</p>
          <p class="muted">{t('emergency.notSafety')}</p>
          <div class="buttons">
            <button
              type="button"
              class="plain"
              onClick={() => {
                setAsking(false);
              }}
            >
              {t('confirm.no')}
            </button>
            <button
              type="button"
              class="danger big"
              data-testid="emergency-yes"
              autofocus
              onClick={() => {
                setAsking(false);
                onEmergency();
              }}
            >
              {t('emergency.yes')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
