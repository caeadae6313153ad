import { deliveryOf, isKeptOpen, isWaiting, worstStatus, type Gate } from '@/lib/gates';
import { age } from '@/lib/time';
import type { Device } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { AlarmIcon, CheckIcon, OpenIcon, OperationIcon, StatusIcon, WaitingIcon } from '@/ui/icons';

type Props = {
  gate: Gate;
  alarms: number;
  selected: boolean;
  /** Only one tile can be reached with Tab, from there on arrow keys lead to the others. */
  reachable: boolean;
  onPress: (event: MouseEvent) => void;
  onFocus: () => void;
};

/** One gate: what its devices report, and what they are to do. */
export function Tile({ gate, alarms, selected, reachable, onPress, onFocus }: Props) {
  const { t } = useScreen();
  const emergency = gate.devices.some((device) => device.operation === 'emergency');
  return (
    <button
      type="button"
      class={`tile worst-${worstStatus(gate.devices)} ${emergency ? 'is-emergency' : ''}`}
      data-testid={`gate-${gate.id}`}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      onClick={onPress}
      onFocus={onFocus}
    >
      <span class="tile-head">
        <span class="tile-id">{gate.id}</span>
        {alarms > 0 && (
          <span class="tile-alarm" title={t('board.alarms', { n: alarms })}>
            <AlarmIcon />
            {alarms}
          </span>
        )}
        {selected && <CheckIcon class="tile-selected" />}
      </span>
      {gate.devices.map((device) => (
        <Half key={device.id} device={device} />
      ))}
    </button>
  );
}

function Half({ device }: { device: Device }) {
  const { t, now } = useScreen();
  const heard = device.receivedAt === null ? t('detail.never') : age(now - Date.parse(device.receivedAt), t);
  const side = device.side === 'north' || device.side === 'south' ? device.side : null;
  const operation = device.operation ?? 'null';
  return (
    <span
      class="half"
      data-testid={`device-${device.id}`}
      data-status={device.status}
      data-operation={operation}
    >
      <span class="half-side">{side ? t(`side.short.${side}`) : ''}</span>
      <span class="half-status">
        <StatusIcon status={device.status} />
        <span class="half-text long">{t(`status.${device.status}`)}</span>
        <span class="half-text tiny" aria-hidden="true">
          {t(`tiny.status.${device.status}`)}
        </span>
        <span class="half-age">{heard}</span>
      </span>
      <span class={`half-operation op-${operation}`}>
        <OperationIcon operation={device.operation} />
        <span class="half-text long">{t(`short.${operation}`)}</span>
        <span class="half-text tiny" aria-hidden="true">
          {t(`tiny.${operation}`)}
        </span>
        <Marks device={device} />
      </span>
    </span>
  );
}

/** What should not be overlooked beside the operation. */
function Marks({ device }: { device: Device }) {
  const { t } = useScreen();
  const waiting = deliveryOf(device, 'operation') === 'waiting' || isWaiting(device);
  return (
    <span class="marks">
      {isKeptOpen(device) && (
        <span class="mark open" title={t('board.keptOpen')}>
          <OpenIcon />
          <span class="mark-text">{t('aisle.short.1')}</span>
        </span>
      )}
      {device.aisleMode === 2 || device.aisleMode === 3 ? (
        <span class="mark flap" title={t(`aisle.${device.aisleMode}`)}>
          {device.aisleMode}
        </span>
      ) : null}
      {waiting && (
        <span class="mark waiting" title={t('board.waiting')}>
          <WaitingIcon />
          <span class="unseen">{t('board.waiting')}</span>
        </span>
      )}
    </span>
  );
}
