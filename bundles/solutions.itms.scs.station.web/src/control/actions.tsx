import type { Scope, Wanted } from '@/lib/order';
import { AISLE_MODES, OPERATIONS, type AisleMode, type Operation } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { OpenIcon, OperationIcon, RestoreIcon } from '@/ui/icons';

type Props = { scope: Scope; onWant: (scope: Scope, wanted: Wanted) => void };

/** What can be set for the devices of a scope; each button leads to a question. */
export function Actions({ scope, onWant }: Props) {
  const { t, model } = useScreen();
  if (!model.station.mayControl) {
    return <p class="notice">{t('control.viewOnly')}</p>;
  }
  const disabled = scope.devices.length === 0;
  const want = (wanted: Wanted) => () => {
    onWant(scope, wanted);
  };
  return (
    <div class="actions" data-testid="actions">
      <h3>{t('control.setOperation')}</h3>
      <div class="choices">
        {OPERATIONS.map((operation) => (
          <OperationButton
            key={operation}
            operation={operation}
            current={
              scope.devices.length > 0 && scope.devices.every((device) => device.operation === operation)
            }
            disabled={disabled}
            onPress={want({ kind: 'operation', operation })}
          />
        ))}
      </div>
      <button
        type="button"
        class="choice wide"
        data-testid="restore"
        disabled={disabled}
        onClick={want({ kind: 'restore' })}
      >
        <RestoreIcon />
        <span>
          {t('control.restore')}
          <small>{t('control.restoreHint')}</small>
        </span>
      </button>
      <h3>{t('control.setAisle')}</h3>
      <div class="choices">
        {AISLE_MODES.map((mode) => (
          <AisleButton
            key={mode}
            mode={mode}
            current={scope.devices.length > 0 && scope.devices.every((device) => device.aisleMode === mode)}
            disabled={disabled}
            onPress={want({ kind: 'aisleMode', mode })}
          />
        ))}
      </div>
    </div>
  );
}

type ButtonProps = { current: boolean; disabled: boolean; onPress: () => void };

function OperationButton({ operation, current, disabled, onPress }: ButtonProps & { operation: Operation }) {
  const { t } = useScreen();
  return (
    <button
      type="button"
      class={`choice op-${operation} ${current ? 'current' : ''}`}
      data-testid={`set-${operation}`}
      title={t(`meaning.${operation}`)}
      disabled={disabled}
      onClick={onPress}
    >
      <OperationIcon operation={operation} />
      <span>{t(`operation.${operation}`)}</span>
    </button>
  );
}

function AisleButton({ mode, current, disabled, onPress }: ButtonProps & { mode: AisleMode }) {
  const { t } = useScreen();
  return (
    <button
      type="button"
      class={`choice ${current ? 'current' : ''}`}
      data-testid={`aisle-${mode}`}
      disabled={disabled}
      onClick={onPress}
    >
      {mode === 1 ? <OpenIcon /> : null}
      <span>{t(`aisle.${mode}`)}</span>
    </button>
  );
}
