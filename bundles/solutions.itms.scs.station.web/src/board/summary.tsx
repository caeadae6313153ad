import { countByStatus } from '@/lib/gates';
import { STATUSES, type Device } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { AlarmIcon, StatusIcon } from '@/ui/icons';

/** How many devices are how, and how many alarms nobody has noted. */
export function Summary({ devices }: { devices: Device[] }) {
  const { t, model } = useScreen();
  const counts = countByStatus(devices);
  const alarms = model.alarms.filter((alarm) => alarm.acknowledgedBy === null).length;
  return (
    <ul class="summary" data-testid="summary">
      {STATUSES.map((status) => (
        <li key={status} class={`status-${status} ${counts[status] === 0 ? 'zero' : ''}`}>
          <StatusIcon status={status} />
          <strong>{counts[status]}</strong>
          <span class="summary-text">{t(`status.${status}`)}</span>
        </li>
      ))}
      <li class={`summary-alarms ${alarms === 0 ? 'zero' : ''}`}>
        <AlarmIcon />
        <strong>{alarms}</strong>
        <span class="summary-text">{t('alarms.title')}</span>
      </li>
    </ul>
  );
}
