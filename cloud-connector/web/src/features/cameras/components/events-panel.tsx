import { Text } from '@mantine/core';
import { Moment } from '@/components/moment';
import { AskedPanel } from '@/features/cameras/components/asked-panel';
import classes from '@/features/cameras/components/cameras.module.css';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { objectOf, objectsOf, textOf } from '@/lib/json';

const LISTEN = { seconds: 10, limit: 50 } as const;

/** What a camera says while somebody listens. */
export function EventsPanel({ camera, className }: { camera: Device; className: string }) {
  const { t } = useI18n();
  return (
    <AskedPanel
      camera={camera}
      command="camera_get_events"
      params={LISTEN}
      title={t('camera.events')}
      ask={t('camera.listen')}
      className={className}
    >
      {(result) => {
        const events = objectsOf(result['events']);
        return events.length === 0 ? (
          <Text size="sm">{t('camera.noEvents')}</Text>
        ) : (
          <table className={classes.table} aria-label={t('camera.events')}>
            <thead>
              <tr>
                <th scope="col">{t('camera.eventAt')}</th>
                <th scope="col">{t('camera.eventTopic')}</th>
                <th scope="col">{t('camera.eventSource')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event, n) => (
                <tr key={n}>
                  <td>
                    <Moment at={textOf(event['at'])} />
                  </td>
                  <td>{textOf(event['topic'])}</td>
                  <td>
                    {words(event['source'])} {words(event['data'])}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      }}
    </AskedPanel>
  );
}

function words(value: unknown): string {
  return Object.entries(objectOf(value))
    .map(([name, one]) => `${name} ${typeof one === 'object' ? JSON.stringify(one) : String(one)}`)
    .join(', ');
}
