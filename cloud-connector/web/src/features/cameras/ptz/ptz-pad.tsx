import { ActionIcon, Button, Slider, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { Icon, type IconName } from '@/components/icon';
import { RunProblem } from '@/components/run-problem';
import type { Vector } from '@/features/cameras/ptz/mover';
import classes from '@/features/cameras/ptz/ptz.module.css';
import { useMover } from '@/features/cameras/ptz/use-mover';
import type { Device } from '@/lib/commands/run-command';
import { NoResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';

type Direction = 'up' | 'down' | 'left' | 'right' | 'in' | 'out';

const UNIT: Readonly<Record<Direction, Vector>> = {
  up: { tilt: 1 },
  down: { tilt: -1 },
  left: { pan: -1 },
  right: { pan: 1 },
  in: { zoom: 1 },
  out: { zoom: -1 },
};
const KEYS: Readonly<Partial<Record<string, Direction>>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  '+': 'in',
  '=': 'in',
  '-': 'out',
};
const BUTTONS: readonly (readonly [Direction, IconName])[] = [
  ['up', 'up'],
  ['left', 'left'],
  ['right', 'right'],
  ['down', 'down'],
  ['in', 'plus'],
  ['out', 'dash'],
];
const USUAL_SPEED = 50;

/** Moves a camera as long as something is held. */
export function PtzPad({ camera }: { readonly camera: Device }) {
  const { t } = useI18n();
  const { mover, state } = useMover(camera);
  const [speed, setSpeed] = useState(USUAL_SPEED);
  const hold = (direction: Direction) => {
    const unit = UNIT[direction];
    mover.hold(Object.fromEntries(Object.entries(unit).map(([axis, sign]) => [axis, (sign * speed) / 100])));
  };
  const release = () => {
    mover.release();
  };
  const press = (event: KeyboardEvent) => {
    const direction = KEYS[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      if (!event.repeat) {
        hold(direction);
      }
    } else if (event.key === 'Escape' || event.key === ' ') {
      event.preventDefault();
      void mover.stop();
    }
  };
  return (
    <div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a group that takes keys, as its label says */}
      <div
        className={classes.pad}
        role="group"
        aria-label={t('ptz.label')}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is operated by keys
        tabIndex={0}
        data-testid="ptz"
        data-moving={state.moving || undefined}
        onKeyDown={press}
        onKeyUp={(event) => {
          if (KEYS[event.key] !== undefined) {
            release();
          }
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) {
            release();
          }
        }}
      >
        {BUTTONS.map(([direction, icon]) => (
          <ActionIcon
            key={direction}
            size="xl"
            variant="default"
            className={classes[direction] ?? ''}
            tabIndex={-1}
            aria-label={t(`ptz.${direction}`)}
            data-testid={`ptz-${direction}`}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              hold(direction);
            }}
            onPointerUp={release}
            onPointerCancel={release}
            onLostPointerCapture={release}
            onContextMenu={(event) => {
              event.preventDefault();
            }}
          >
            <Icon name={icon} size={22} />
          </ActionIcon>
        ))}
        <Button
          className={classes.stop ?? ''}
          size="compact-sm"
          color="red"
          tabIndex={-1}
          data-testid="ptz-stop"
          onClick={() => void mover.stop()}
        >
          {t('ptz.stop')}
        </Button>
      </div>
      <div className={classes.speed}>
        <Text size="xs" id="ptz-speed">
          {t('ptz.speed')}
        </Text>
        <Slider
          size="sm"
          min={10}
          max={100}
          step={10}
          value={speed}
          label={(value) => `${value} %`}
          thumbProps={{ 'aria-labelledby': 'ptz-speed' }}
          onChange={setSpeed}
        />
      </div>
      <Text size="xs" c="var(--console-text-2)" role="status">
        {t(state.moving ? 'ptz.moving' : 'ptz.hint')}
      </Text>
      {state.fault !== null && <RunProblem error={new NoResult(state.fault)} what={t('ptz.title')} />}
    </div>
  );
}
