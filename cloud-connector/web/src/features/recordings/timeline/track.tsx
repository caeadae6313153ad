import { memo } from 'react';
import type { Channel } from '@/features/recordings/api/search';
import { common, joined, type Span, totalOf, without } from '@/features/recordings/timeline/span';
import { type Shape, shapesOf, timeAt, xOf } from '@/features/recordings/timeline/shapes';
import { ticksOf } from '@/features/recordings/timeline/ticks';
import classes from '@/features/recordings/timeline/timeline.module.css';
import { useDrag } from '@/features/recordings/timeline/use-drag';
import { formatAge } from '@/lib/time/format-age';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly channel: Channel;
  readonly view: Span;
  readonly width: number;
  /** Where it is known what there is. */
  readonly known: readonly Span[];
  readonly now: number;
  /** Whether nobody knows what there is, and bars are where there may be something. */
  readonly assumed: boolean;
  readonly selection: Span | null;
  readonly onSelect: (channel: string, span: Span) => void;
};

const HEIGHT = 34;
const BAR = { y: 6, height: 22 };
const LEAST_GAP = 1.5;
const EVENT_PX = 3;

/** What one channel has: bars where something was recorded, hatching where nobody knows, marks of events. */
export const Track = memo(function Track({
  channel,
  view,
  width,
  known,
  now,
  assumed,
  selection,
  onSelect,
}: Props) {
  const { t } = useI18n();
  const drag = useDrag({
    onMove: (start, x) => {
      onSelect(channel.channel, spanOf(start, x, view, width));
    },
  });
  const shown = known.flatMap((span) => common(span, view) ?? []);
  const has = shown.flatMap((span) => channel.segments.flatMap((one) => common(one, span) ?? []));
  const gaps = without(shown, joined(has));
  const past = common(view, { from: view.from, to: now });
  const unknown = past === null ? [] : without([past], known);
  const bars = shapesOf(channel.segments, view, width, 1);
  const events = shapesOf(
    channel.events.map(({ at }) => ({ from: at, to: at + 1 })).sort((one, other) => one.from - other.from),
    view,
    width,
    EVENT_PX,
  );
  const label = t('timeline.channelHas', {
    channel: channel.name ?? channel.channel,
    recorded: formatAge(totalOf(has), t),
    gaps: gaps.length,
  });
  return (
    <svg
      className={classes.track}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={label}
      data-testid={`track-${channel.channel}`}
      {...drag}
    >
      <title>{label}</title>
      {ticksOf(view, width).map(({ at }) => (
        <line
          key={at}
          className={classes.grid}
          x1={xOf(at, view, width)}
          x2={xOf(at, view, width)}
          y2={HEIGHT}
        />
      ))}
      <Rects
        shapes={shapesOf([{ from: now, to: view.to }], view, width, 0)}
        kind="future"
        height={HEIGHT}
        y={0}
      />
      <Rects shapes={shapesOf(unknown, view, width, 1)} kind="unknown" height={HEIGHT} y={0} />
      <Rects shapes={bars} kind={assumed ? 'assumed' : 'recorded'} {...BAR} />
      <Rects shapes={shapesOf(gaps, view, width, LEAST_GAP)} kind="gap" {...BAR} />
      <Rects shapes={events} kind="event" y={BAR.y + BAR.height - 5} height={8} />
      {selection && (
        <Rects shapes={shapesOf([selection], view, width, 2)} kind="selection" y={1} height={HEIGHT - 2} />
      )}
    </svg>
  );
});

function spanOf(start: number, x: number, view: Span, width: number): Span {
  const second = (px: number) => Math.round(timeAt(px, view, width) / 1_000) * 1_000;
  const [from, to] = [second(Math.min(start, x)), second(Math.max(start, x))];
  return { from, to: Math.max(to, from + 1_000) };
}

function Rects({
  shapes,
  kind,
  y,
  height,
}: {
  readonly shapes: readonly Shape[];
  readonly kind: string;
  readonly y: number;
  readonly height: number;
}) {
  return shapes.map((shape) => (
    <rect
      key={`${kind}${shape.x}`}
      className={classes[kind]}
      data-kind={kind}
      x={shape.x}
      y={y}
      width={shape.width}
      height={height}
    />
  ));
}
