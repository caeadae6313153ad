import { useId } from 'preact/hooks';
import type { Entered } from '@/lib/order';
import type { Device } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { AlarmIcon } from '@/ui/icons';

type Props = { devices: Device[]; entered: Entered; onChange: (entered: Entered) => void };

const REASONS = ['over', 'drill', 'mistake'] as const;
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** What ending an emergency needs: a confirmation, a reason and, when one is set, the PIN. All of it can be touched. */
export function LeavingForm({ devices, entered, onChange }: Props) {
  const { t, model } = useScreen();
  const reasonId = useId();
  return (
    <div class="leaving" data-testid="leaving">
      <p class="leaving-title">
        <AlarmIcon />
        <strong>{t('leave.title', { n: devices.length })}</strong>
      </p>
      <p>{t('leave.danger')}</p>
      <label class="checkbox">
        <input
          type="checkbox"
          data-testid="leave-confirm"
          checked={entered.confirmed}
          onChange={(event) => {
            onChange({ ...entered, confirmed: event.currentTarget.checked });
          }}
        />
        {t('leave.confirm')}
      </label>
      <label class="field" for={reasonId}>
        {t('leave.reason')}
      </label>
      <div class="presets">
        {REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            class="plain"
            aria-pressed={entered.reason === t(`leave.reason.${reason}`)}
            onClick={() => {
              onChange({ ...entered, reason: t(`leave.reason.${reason}`) });
            }}
          >
            {t(`leave.reason.${reason}`)}
          </button>
        ))}
      </div>
      <input
        id={reasonId}
        type="text"
        maxLength={256}
        autocomplete="off"
        data-testid="leave-reason"
        value={entered.reason}
        onInput={(event) => {
          onChange({ ...entered, reason: event.currentTarget.value });
        }}
      />
      {model.station.pinRequired && <Pin entered={entered} onChange={onChange} />}
    </div>
  );
}

function Pin({ entered, onChange }: Omit<Props, 'devices'>) {
  const { t } = useScreen();
  const id = useId();
  return (
    <div class="pin">
      <label class="field" for={id}>
        {t('leave.pin')}
      </label>
      <input
        id={id}
        type="password"
        maxLength={256}
        autocomplete="off"
        data-testid="leave-pin"
        value={entered.pin}
        onInput={(event) => {
          onChange({ ...entered, pin: event.currentTarget.value });
        }}
      />
      <div class="keypad">
        {DIGITS.map((digit) => (
          <button
            key={digit}
            type="button"
            class="plain"
            onClick={() => {
              onChange({ ...entered, pin: entered.pin + digit });
            }}
          >
            {digit}
          </button>
        ))}
        <button
          type="button"
          class="plain wide"
          onClick={() => {
            onChange({ ...entered, pin: '' });
          }}
        >
          {t('leave.delete')}
        </button>
      </div>
    </div>
  );
}
