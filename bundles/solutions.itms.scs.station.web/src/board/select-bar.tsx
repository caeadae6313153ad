import type { Device } from '@/lib/types';
import { useScreen } from '@/ui/context';

type Props = {
  devices: Device[];
  several: boolean;
  /** Devices that become selected; `station` also takes in those that come later. */
  onSelect: (devices: Device[], station: boolean) => void;
  onSeveral: (several: boolean) => void;
};

/** Selects many gates at once. */
export function SelectBar({ devices, several, onSelect, onSeveral }: Props) {
  const { t, model } = useScreen();
  const quick = (name: string, text: string, which: (device: Device) => boolean) => {
    const found = devices.filter(which);
    return found.length === 0 ? null : (
      <button
        key={name}
        type="button"
        class="plain"
        data-testid={`select-${name}`}
        onClick={() => {
          onSelect(found, false);
        }}
      >
        {text}
      </button>
    );
  };
  return (
    <div class="select-bar" role="toolbar" aria-label={t('control.title')}>
      <button
        type="button"
        class="plain"
        data-testid="select-several"
        aria-pressed={several}
        onClick={() => {
          onSeveral(!several);
        }}
      >
        {several ? t('select.done') : t('select.several')}
      </button>
      <button
        type="button"
        class="plain"
        data-testid="select-station"
        onClick={() => {
          onSelect(devices, true);
        }}
      >
        {t('select.station')}
      </button>
      {quick('north', t('select.north'), (device) => device.side === 'north')}
      {quick('south', t('select.south'), (device) => device.side === 'south')}
      {Object.entries(model.station.groups).map(([name, ids]) =>
        quick(
          `group-${name}`,
          name,
          (device) => ids.includes(device.id) || ids.includes(device.gateId ?? device.id),
        ),
      )}
      {quick('closed', t('select.closed'), (device) => device.operation === 'station_close')}
    </div>
  );
}
