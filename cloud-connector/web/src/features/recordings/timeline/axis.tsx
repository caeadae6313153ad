import { lengthOf, type Span } from '@/features/recordings/timeline/span';
import { type Tick, ticksOf } from '@/features/recordings/timeline/ticks';
import classes from '@/features/recordings/timeline/timeline.module.css';
import { xOf } from '@/features/recordings/timeline/shapes';
import { useDrag } from '@/features/recordings/timeline/use-drag';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Language } from '@/lib/i18n/languages';
import { formatClock, formatDay } from '@/lib/time/format-time';

type Props = {
  readonly view: Span;
  readonly width: number;
  readonly onMove: (ms: number) => void;
};

/** The times above the channels; dragging them moves what is shown. */
export function Axis({ view, width, onMove }: Props) {
  const { language } = useI18n();
  const drag = useDrag({
    onMove: (_start, _x, since) => {
      onMove((-since / Math.max(1, width)) * lengthOf(view));
    },
  });
  return (
    <div className={classes.axis} data-testid="axis" {...drag}>
      {ticksOf(view, width).map((tick) => (
        <span
          key={tick.at}
          className={classes.tick}
          data-kind={tick.kind}
          style={{ left: xOf(tick.at, view, width) }}
        >
          {labelOf(tick, language)}
        </span>
      ))}
    </div>
  );
}

function labelOf({ at, kind }: Tick, language: Language): string {
  return kind === 'day'
    ? formatDay(new Date(at), language)
    : formatClock(new Date(at), language, kind === 'second');
}
