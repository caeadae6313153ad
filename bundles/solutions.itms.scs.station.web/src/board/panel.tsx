import { useState } from 'preact/hooks';
import type { Gate } from '@/lib/gates';
import type { Scope, Wanted } from '@/lib/order';
import type { Device } from '@/lib/types';
import { Actions } from '@/control/actions';
import { useScreen } from '@/ui/context';
import { CloseIcon } from '@/ui/icons';
import { Detail } from './detail';

type OneProps = { gate: Gate; onWant: (scope: Scope, wanted: Wanted) => void; onClose: () => void };

/** One gate: all that is known of it, and what can be set for it or one of its devices. */
export function GatePanel({ gate, onWant, onClose }: OneProps) {
  const { t } = useScreen();
  const [only, setOnly] = useState<string | null>(null);
  const chosen = gate.devices.find((device) => device.id === only);
  const several = gate.devices.length > 1;
  const scope: Scope = chosen
    ? { station: false, devices: [chosen], label: t('scope.device', { id: chosen.id }) }
    : {
        station: false,
        devices: gate.devices,
        label: t(several ? 'scope.gate' : 'scope.gateOne', { id: gate.id }),
      };
  return (
    <section class="panel-content" aria-label={t('board.gate', { id: gate.id })} data-testid="gate-panel">
      <PanelHead title={t('board.gate', { id: gate.id })} onClose={onClose} />
      {gate.devices.map((device) => (
        <Detail key={device.id} device={device} />
      ))}
      {several && (
        <div class="scope" role="group" aria-label={t('detail.applyTo')}>
          <div class="segments">
            <Segment
              text={t('detail.both')}
              testId="scope-gate"
              chosen={!chosen}
              onPress={() => {
                setOnly(null);
              }}
            />
            {gate.devices.map((device) => (
              <Segment
                key={device.id}
                text={sideName(device, t)}
                testId={`scope-${device.id}`}
                chosen={chosen === device}
                onPress={() => {
                  setOnly(device.id);
                }}
              />
            ))}
          </div>
        </div>
      )}
      <Actions scope={scope} onWant={onWant} />
    </section>
  );
}

type ManyProps = {
  devices: Device[];
  station: boolean;
  gates: number;
  onWant: (scope: Scope, wanted: Wanted) => void;
  onClose: () => void;
};

/** What can be set for all that are selected. */
export function SelectionPanel({ devices, station, gates, onWant, onClose }: ManyProps) {
  const { t } = useScreen();
  const label = t(station ? 'scope.station' : 'scope.devices', { n: devices.length });
  const title =
    devices.length === 0
      ? t('select.nothing')
      : station
        ? label
        : t('select.count', { devices: devices.length, gates });
  return (
    <section class="panel-content" aria-label={t('control.title')} data-testid="selection-panel">
      <PanelHead title={title} onClose={onClose} />
      <Actions scope={{ station, devices, label }} onWant={onWant} />
    </section>
  );
}

function PanelHead({ title, onClose }: { title: string; onClose: () => void }) {
  const { t } = useScreen();
  return (
    <div class="panel-head">
      <h2>{title}</h2>
      <button type="button" class="plain square" aria-label={t('detail.close')} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}

type SegmentProps = { text: string; testId: string; chosen: boolean; onPress: () => void };

function Segment({ text, testId, chosen, onPress }: SegmentProps) {
  return (
    <button type="button" class="segment" data-testid={testId} aria-pressed={chosen} onClick={onPress}>
      {text}
    </button>
  );
}

function sideName(device: Device, t: ReturnType<typeof useScreen>['t']): string {
  return device.side === 'north' || device.side === 'south'
    ? `${t(`side.${device.side}`)} (${device.id})`
    : device.id;
}
