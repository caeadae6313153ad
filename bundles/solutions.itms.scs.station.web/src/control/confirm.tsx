import { useState } from 'preact/hooks';
import type { Translate } from '@/i18n/translate';
import { consequencesOf, type Consequences, type Entered, type Scope, type Wanted } from '@/lib/order';
import { OPERATIONS, type Device, type Operation } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { Dialog } from '@/ui/dialog';
import { AlarmIcon, OpenIcon, OperationIcon, StatusIcon } from '@/ui/icons';
import { LeavingForm } from './leaving-form';

type Props = {
  scope: Scope;
  wanted: Wanted;
  sending: boolean;
  failure: string | null;
  onConfirm: (entered: Entered) => void;
  onClose: () => void;
};

const NAMED = 12;

const IN_SERVICE = OPERATIONS.filter((operation) => operation.startsWith('inservice_'));

/** The question before anything is set, with what a person should know. Ending an emergency asks for more. */
export function Confirm({ scope, wanted, sending, failure, onConfirm, onClose }: Props) {
  const { t, model } = useScreen();
  const consequences = consequencesOf(scope, wanted);
  const leaving = consequences.leaving.length > 0;
  const [entered, setEntered] = useState<Entered>({ confirmed: false, reason: '', pin: '', otherwise: null });
  const needsChoice = consequences.withoutLast.length > 0;
  const ready =
    (!leaving ||
      (entered.confirmed &&
        entered.reason.trim() !== '' &&
        (!model.station.pinRequired || entered.pin !== ''))) &&
    (!needsChoice || entered.otherwise !== null);
  return (
    <Dialog
      title={question(t, scope, wanted)}
      tone={leaving ? 'danger' : 'plain'}
      testId="confirm"
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !sending) {
            onConfirm(leaving ? entered : { ...entered, confirmed: true });
          }
        }}
      >
        <p>{t('confirm.wish')}</p>
        <Warnings consequences={consequences} wanted={wanted} />
        {wanted.kind === 'restore' && <RestoreList devices={scope.devices} />}
        {needsChoice && (
          <Otherwise
            devices={consequences.withoutLast}
            chosen={entered.otherwise}
            onChoose={(otherwise) => {
              setEntered({ ...entered, otherwise });
            }}
          />
        )}
        {leaving && <LeavingForm devices={consequences.leaving} entered={entered} onChange={setEntered} />}
        {failure && (
          <p class="failure" role="alert" data-testid="confirm-failure">
            {failure}
          </p>
        )}
        <div class="buttons">
          <button type="button" class="plain" data-testid="confirm-no" onClick={onClose}>
            {t('confirm.no')}
          </button>
          <button
            type="submit"
            class={leaving ? 'danger' : 'primary'}
            data-testid="confirm-yes"
            disabled={!ready || sending}
            autofocus={!leaving}
          >
            {sending ? t('confirm.sending') : leaving ? t('leave.yes') : t('confirm.yes')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function question(t: Translate, scope: Scope, wanted: Wanted): string {
  switch (wanted.kind) {
    case 'operation':
      return t('confirm.operation', { operation: t(`operation.${wanted.operation}`), scope: scope.label });
    case 'aisleMode':
      return t('confirm.aisleMode', { mode: t(`aisle.${wanted.mode}`), scope: scope.label });
    case 'restore':
      return t('confirm.restore', { scope: scope.label });
  }
}

function Warnings({ consequences, wanted }: { consequences: Consequences; wanted: Wanted }) {
  const { t } = useScreen();
  const { offline, keptOpen } = consequences;
  const closes =
    wanted.kind === 'operation' &&
    (wanted.operation === 'out_of_service' || wanted.operation === 'station_close');
  return (
    <ul class="warnings">
      {keptOpen.length > 0 && (
        <li class="warning" data-testid="warning-kept-open">
          <OpenIcon />
          {t('confirm.keptOpen', { ids: names(keptOpen) })}
        </li>
      )}
      {closes && (
        <li class="warning">
          <AlarmIcon />
          {t('confirm.closing')}
        </li>
      )}
      {offline.length > 0 && (
        <li>
          <StatusIcon status="offline" />
          {t('confirm.offline', { n: offline.length, ids: names(offline) })}
        </li>
      )}
    </ul>
  );
}

function RestoreList({ devices }: { devices: Device[] }) {
  const { t } = useScreen();
  return (
    <div class="restore-list">
      <h3>{t('confirm.restoreList')}</h3>
      <ul>
        {IN_SERVICE.map((operation) => {
          const count = devices.filter((device) => device.inserviceLast === operation).length;
          return count === 0 ? null : (
            <li key={operation}>
              <OperationIcon operation={operation} />
              {t(`operation.${operation}`)} <strong>{count}</strong>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type OtherwiseProps = {
  devices: Device[];
  chosen: Operation | null;
  onChoose: (operation: Operation) => void;
};

function Otherwise({ devices, chosen, onChoose }: OtherwiseProps) {
  const { t } = useScreen();
  return (
    <fieldset>
      <legend>{t('confirm.withoutLast', { ids: names(devices) })}</legend>
      <div class="radios">
        {IN_SERVICE.map((operation) => (
          <label key={operation} class="radio">
            <input
              type="radio"
              name="otherwise"
              value={operation}
              checked={chosen === operation}
              onChange={() => {
                onChoose(operation);
              }}
            />
            <OperationIcon operation={operation} />
            {t(`operation.${operation}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function names(devices: Device[]): string {
  const ids = devices.slice(0, NAMED).map((device) => device.id);
  return ids.join(', ') + (devices.length > NAMED ? ' …' : '');
}
