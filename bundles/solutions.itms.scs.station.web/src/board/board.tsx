import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Gate } from '@/lib/gates';
import { layOut, type Layout } from '@/lib/layout';
import type { Alarm } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { Tile } from './tile';

type Props = {
  gates: Gate[];
  selected: ReadonlySet<string>;
  onPress: (gate: Gate, event: MouseEvent) => void;
};

const GAP = 6;
const DENSE_BELOW = 14;
/** What can still be touched, and read from where one stands to touch it. */
const LEAST = { width: 128, height: 112 };
const LEAST_PHONE = { width: 150, height: 118 };

/** All gates at once. */
export function Board({ gates, selected, onPress }: Props) {
  const { t, model } = useScreen();
  const room = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [at, setAt] = useState(0);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) {
      return;
    }
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const layout = layOut(gates.length, size, GAP, size.width < 500 ? LEAST_PHONE : LEAST);
  const reachable = Math.min(at, gates.length - 1);
  return (
    // the arrow keys of the buttons inside come here
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={room}
      class={`board ${layout.scrolls ? 'scrolls' : ''}`}
      role="group"
      aria-label={t('board.label')}
      data-testid="board"
      onKeyDown={(event) => {
        const next = neighbour(event.key, reachable, gates.length, layout);
        if (next !== null) {
          event.preventDefault();
          setAt(next);
          room.current?.querySelectorAll<HTMLElement>('.tile')[next]?.focus();
        }
      }}
    >
      {gates.length === 0 && <p class="empty">{t('board.empty')}</p>}
      <div class={`tiles ${isDense(layout) ? 'dense' : ''}`} style={styleOf(layout)}>
        {(size.width > 0 ? gates : []).map((gate, index) => (
          <Tile
            key={gate.id}
            gate={gate}
            alarms={countAlarms(gate, model.alarms)}
            selected={gate.devices.some((device) => selected.has(device.id))}
            reachable={index === reachable}
            onPress={(event) => {
              onPress(gate, event);
            }}
            onFocus={() => {
              setAt(index);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** What all sizes in a tile follow from, when each device has two lines. */
const unit = ({ width, height }: Layout): number => Math.min(width / 13.4, height / 10.2);

/** Whether two lines would be too small to read: then each device has one, and says what is not normal. */
const isDense = (layout: Layout): boolean => unit(layout) < DENSE_BELOW;

function styleOf(layout: Layout): Record<string, string> {
  const { columns, width, height } = layout;
  const size = isDense(layout) ? Math.min(width / 10.2, height / 6.6) : unit(layout);
  return {
    gridTemplateColumns: `repeat(${columns}, ${width}px)`,
    gridAutoRows: `${height}px`,
    gap: `${GAP}px`,
    '--u': `${size}px`,
  };
}

function neighbour(key: string, at: number, count: number, { columns }: Layout): number | null {
  const steps: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next !== undefined && next >= 0 && next < count ? next : null;
}

const countAlarms = (gate: Gate, alarms: readonly Alarm[]): number =>
  alarms.filter((alarm) => alarm.ofDevice && gate.devices.some((device) => device.id === alarm.subject))
    .length;
