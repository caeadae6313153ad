import { useEffect, useMemo, useState } from 'preact/hooks';
import { gatesOf, type Gate } from '@/lib/gates';
import type { Scope, Wanted } from '@/lib/order';
import { Alarms } from './alarms';
import { Board } from './board';
import { GatePanel, SelectionPanel } from './panel';
import { SelectBar } from './select-bar';
import { useScreen } from '@/ui/context';

type Props = {
  onWant: (scope: Scope, wanted: Wanted) => void;
  onFailure: (failure: unknown) => void;
  /** Devices that somebody wants to see selected, such as those of an emergency. */
  asked: { ids: string[] } | null;
};

type Selection = { ids: ReadonlySet<string>; station: boolean; several: boolean };
const NOTHING: Selection = { ids: new Set(), station: false, several: false };

/** The gates, and beside them the alarms, or what can be done with what is selected. */
export function BoardPage({ onWant, onFailure, asked }: Props) {
  const { model } = useScreen();
  const devices = useMemo(() => [...model.devices.values()], [model.devices]);
  const gates = useMemo(() => gatesOf(devices), [devices]);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  useEffect(() => {
    if (asked) {
      setSelection({ ids: new Set(asked.ids), station: false, several: true });
    }
  }, [asked]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
        setSelection(NOTHING);
      }
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
  const selected = devices.filter((device) => selection.station || selection.ids.has(device.id));
  const one = selection.several
    ? undefined
    : gates.find((gate) => gate.devices.some((device) => selection.ids.has(device.id)));
  const close = () => {
    setSelection(NOTHING);
  };
  const open = selection.several || one !== undefined;
  return (
    <div class={`board-page ${open ? 'panel-open' : model.alarms.length === 0 ? 'panel-empty' : ''}`}>
      <div class="board-side">
        <SelectBar
          devices={devices}
          several={selection.several}
          onSelect={(chosen, station) => {
            setSelection({ ids: new Set(chosen.map((device) => device.id)), station, several: true });
          }}
          onSeveral={(several) => {
            setSelection({ ...NOTHING, several });
          }}
        />
        <Board
          gates={gates}
          selected={new Set(selected.map((device) => device.id))}
          onPress={(gate, event) => {
            setSelection(pressed(selection, gate, event.ctrlKey || event.shiftKey));
          }}
        />
      </div>
      <aside class="panel">
        {one ? (
          <GatePanel key={one.id} gate={one} onWant={onWant} onClose={close} />
        ) : selection.several ? (
          <SelectionPanel
            devices={selected}
            station={selection.station}
            gates={gatesOf(selected).length}
            onWant={onWant}
            onClose={close}
          />
        ) : (
          <Alarms onFailure={onFailure} />
        )}
      </aside>
    </div>
  );
}

/** A gate was pressed: it alone is shown, or it is added to, or taken from, what is selected. */
function pressed(selection: Selection, gate: Gate, more: boolean): Selection {
  const ids = gate.devices.map((device) => device.id);
  const was = ids.some((id) => selection.ids.has(id));
  if (!selection.several && !more) {
    return was ? NOTHING : { ids: new Set(ids), station: false, several: false };
  }
  const next = new Set(selection.ids);
  for (const id of ids) {
    if (was) {
      next.delete(id);
    } else {
      next.add(id);
    }
  }
  return { ids: next, station: false, several: true };
}
