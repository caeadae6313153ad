import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { Channel } from '@/features/recordings/api/search';
import { Axis } from '@/features/recordings/timeline/axis';
import type { Span } from '@/features/recordings/timeline/span';
import { timeAt, xOf } from '@/features/recordings/timeline/shapes';
import classes from '@/features/recordings/timeline/timeline.module.css';
import { Track } from '@/features/recordings/timeline/track';
import { usePickKeys } from '@/features/recordings/timeline/use-pick-keys';
import { type View, ZOOM_STEP } from '@/features/recordings/timeline/use-view';
import { useI18n } from '@/lib/i18n/i18n-context';
import { formatClock } from '@/lib/time/format-time';
import { useWidth } from '@/lib/use-width';

type Props = {
  readonly view: View;
  readonly now: number;
  readonly channels: readonly Channel[];
  readonly known: readonly Span[];
  readonly assumed: boolean;
  readonly chosen: string | null;
  readonly selection: Span | null;
  readonly onChoose: (channel: string) => void;
  readonly onSelect: (channel: string, span: Span) => void;
};

const WHEEL_ZOOM = 1.0018;

/** What the channels of a recorder have, one below the other. */
export function Timeline({
  view: control,
  now,
  channels,
  known,
  assumed,
  chosen,
  selection,
  onChoose,
  onSelect,
}: Props) {
  const { t, language } = useI18n();
  const hint = useId();
  const { view } = control;
  const [ref, width] = useWidth();
  const box = useRef<HTMLDivElement>(null);

  // the browser lets a wheel be kept from scrolling the page only by a listener that says so beforehand
  const { zoom, move } = control;
  useEffect(() => {
    const element = box.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (sideways !== 0) {
        move((sideways / Math.max(1, width)) * (view.to - view.from));
      } else {
        const x = event.clientX - (ref.current?.getBoundingClientRect().left ?? 0);
        zoom(WHEEL_ZOOM ** event.deltaY, timeAt(x, view, width));
      }
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => {
      element?.removeEventListener('wheel', turn);
    };
  }, [ref, width, view, zoom, move]);

  const picks = usePickKeys(view, now, (span) => {
    const channel = chosen ?? channels[0]?.channel;
    if (channel !== undefined) {
      onSelect(channel, span);
    }
  });
  const keys = (event: KeyboardEvent) => {
    // a key on the name of a channel chooses that channel
    const own = event.target === event.currentTarget;
    if ((own && picks.press(event.key, event.shiftKey)) || press(event.key, event.shiftKey)) {
      event.preventDefault();
    }
  };
  function press(key: string, shift: boolean): boolean {
    switch (key) {
      case 'ArrowLeft':
        control.step(-1, shift);
        return true;
      case 'ArrowRight':
        control.step(1, shift);
        return true;
      case '+':
      case '=':
        control.zoom(1 / ZOOM_STEP);
        return true;
      case '-':
        control.zoom(ZOOM_STEP);
        return true;
      case 'n':
      case 'N':
        control.goToNow();
        return true;
      case 'ArrowUp':
      case 'ArrowDown': {
        const place = channels.findIndex(({ channel }) => channel === chosen);
        const next = channels[place + (key === 'ArrowUp' ? -1 : 1)];
        if (next !== undefined) {
          onChoose(next.channel);
        }
        return true;
      }
      default:
        return false;
    }
  }

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a group that takes keys, as its label says
    <div
      ref={box}
      className={classes.box}
      role="group"
      aria-label={t('timeline.label')}
      aria-describedby={hint}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is operated by keys
      tabIndex={0}
      data-testid="timeline"
      data-from={new Date(view.from).toISOString()}
      data-to={new Date(view.to).toISOString()}
      onKeyDown={keys}
      onBlur={picks.stop}
    >
      <svg width={0} height={0} style={{ position: 'absolute' }} aria-hidden="true">
        <defs>
          <pattern
            id="timeline-hatch"
            width={7}
            height={7}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={7} height={7} fill="var(--console-sunken)" />
            <line y2={7} stroke="var(--console-line)" strokeWidth={5} />
          </pattern>
          <pattern
            id="timeline-stripes"
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={6} height={6} fill="var(--console-selected)" />
            <line y2={6} stroke="var(--console-accent)" strokeWidth={4} />
          </pattern>
        </defs>
      </svg>
      <div className={classes.row}>
        <div className={classes.corner} />
        <div ref={ref} className={classes.body}>
          <Axis view={view} width={width} onMove={control.move} />
        </div>
      </div>
      {channels.map((channel) => (
        <div key={channel.channel} className={classes.row}>
          <button
            type="button"
            className={classes.name}
            aria-pressed={channel.channel === chosen}
            title={channel.name ?? channel.channel}
            onClick={() => {
              onChoose(channel.channel);
            }}
          >
            {channel.name ?? channel.channel}
          </button>
          <div className={classes.body}>
            <Track
              channel={channel}
              view={view}
              width={width}
              known={known}
              now={now}
              assumed={assumed}
              selection={channel.channel === chosen ? selection : null}
              onSelect={onSelect}
            />
            {now > view.from && now < view.to && (
              <div className={classes.now} style={{ left: xOf(now, view, width) }} />
            )}
          </div>
        </div>
      ))}
      <span className={classes.spoken} role="status" data-testid="timeline-picked">
        {selection !== null &&
          t(picks.picking ? 'timeline.picking' : 'timeline.picked', {
            from: formatClock(new Date(selection.from), language, true),
            to: formatClock(new Date(selection.to), language, true),
          })}
      </span>
      <span id={hint} hidden>
        {t('timeline.hint')}
      </span>
    </div>
  );
}
