import { ActionIcon, Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { Icon } from '@/components/icon';
import { DAY, HOUR, LONGEST, lengthOf, SHORTEST } from '@/features/recordings/timeline/span';
import { type View, ZOOM_STEP } from '@/features/recordings/timeline/use-view';
import { useI18n } from '@/lib/i18n/i18n-context';
import { toLocalInput } from '@/lib/time/format-time';

type Props = {
  readonly view: View;
  readonly searching: boolean;
  readonly onRefresh: () => void;
};

const LENGTHS = [
  [SHORTEST, 'timeline.5m'],
  [HOUR, 'timeline.1h'],
  [6 * HOUR, 'timeline.6h'],
  [DAY, 'timeline.day'],
  [LONGEST, 'timeline.week'],
] as const;
const DATE = 10;

/** Buttons that move the timeline. */
export function TimelineBar({ view: control, searching, onRefresh }: Props) {
  const { t } = useI18n();
  const { view } = control;
  const length = LENGTHS.find(([one]) => one === lengthOf(view))?.[0];
  return (
    <Group gap="xs" mb={6}>
      <ActionIcon
        variant="default"
        aria-label={t('timeline.earlier')}
        onClick={() => {
          control.step(-1);
        }}
      >
        <Icon name="left" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('timeline.later')}
        onClick={() => {
          control.step(1);
        }}
      >
        <Icon name="right" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('timeline.zoomIn')}
        disabled={lengthOf(view) <= SHORTEST}
        onClick={() => {
          control.zoom(1 / ZOOM_STEP);
        }}
      >
        <Icon name="plus" />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('timeline.zoomOut')}
        disabled={lengthOf(view) >= LONGEST}
        onClick={() => {
          control.zoom(ZOOM_STEP);
        }}
      >
        <Icon name="dash" />
      </ActionIcon>
      <SegmentedControl
        size="xs"
        aria-label={t('timeline.span')}
        value={length === undefined ? '' : String(length)}
        data={LENGTHS.map(([value, label]) => ({ value: String(value), label: t(label) }))}
        onChange={(value) => {
          control.setLength(Number(value));
        }}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label={t('timeline.date')}
        value={toLocalInput((view.from + view.to) / 2).slice(0, DATE)}
        onChange={(event) => {
          const at = new Date(`${event.currentTarget.value}T12:00:00`).getTime();
          if (!Number.isNaN(at)) {
            control.goTo(at);
          }
        }}
      />
      <Button size="compact-sm" variant="default" onClick={control.goToNow}>
        {t('timeline.now')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={searching}
        onClick={onRefresh}
        data-testid="search-again"
      >
        {t('timeline.refresh')}
      </Button>
      {searching && (
        <Text size="xs" c="var(--console-text-2)" role="status">
          {t('timeline.searching')}
        </Text>
      )}
    </Group>
  );
}
