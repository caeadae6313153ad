import { Button, Loader, Text, Title } from '@mantine/core';
import { ApiProblem } from '@/components/api-problem';
import { Moment } from '@/components/moment';
import { type CameraEvent, useEvents } from '@/features/cameras/api';
import classes from '@/features/cameras/components/cameras.module.css';
import { detailOf, nameOf, stateOf } from '@/features/cameras/event-words';
import { Unavailable } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What happened to a camera, newest first. */
export function HistoryPanel({ camera, className }: { camera: Device; className: string }) {
  const { t } = useI18n();
  const events = useEvents(camera);
  const items = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={className} aria-labelledby="history" data-testid="history">
      <Title order={2} size="h5" id="history" mb="xs">
        {t('event.title')}
      </Title>
      {events.error instanceof Unavailable && !events.data && <ApiProblem error={events.error.reason} />}
      {events.isPending && <Loader size="xs" aria-label={t('table.loading')} />}
      {events.data && items.length === 0 && <Text size="sm">{t('event.none')}</Text>}
      {items.length > 0 && (
        <table className={classes.table} aria-label={t('event.title')}>
          <thead>
            <tr>
              <th scope="col">{t('camera.eventAt')}</th>
              <th scope="col">{t('camera.eventTopic')}</th>
              <th scope="col">{t('event.detail')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((event, n) => (
              <Row key={`${event.at} ${n}`} event={event} />
            ))}
          </tbody>
        </table>
      )}
      {events.hasNextPage && (
        <Button
          mt="xs"
          size="compact-xs"
          variant="default"
          data-testid="older-events"
          loading={events.isFetchingNextPage}
          onClick={() => void events.fetchNextPage()}
        >
          {t('event.older')}
        </Button>
      )}
    </section>
  );
}

function Row({ event }: { event: CameraEvent }) {
  const { t } = useI18n();
  const name = nameOf(event);
  const state = stateOf(event);
  return (
    <tr data-testid={`event-${event.kind}`} data-state={state ?? ''}>
      <td className={classes.moment}>
        <Moment at={event.at} />
      </td>
      <td>
        <span
          className={classes.kind}
          {...(event.kind === 'alarm' && state === 'began' && { 'data-tone': 'bad' })}
        >
          {name === null ? event.kind : t(name)}
        </span>
        {state !== null && <span className={classes.state}> {t(`event.${state}`)}</span>}
      </td>
      <td>{detailOf(event)}</td>
    </tr>
  );
}
