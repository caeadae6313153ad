import type { Device } from '@/features/devices/api';
import { modelOf } from '@/features/devices/components/device-columns';
import classes from '@/features/devices/components/device-facts.module.css';
import { Moment } from '@/components/moment';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What a gateway has told of a device. */
export function DeviceFacts({ device }: { device: Device }) {
  const { t } = useI18n();
  const facts = [
    [t('devices.model'), modelOf(device)],
    [t('devices.firmware'), device.firmware],
    [t('devices.serial'), device.serial],
    [t('devices.address'), device.address],
    [t('devices.profiles'), device.profiles.length === 0 ? null : device.profiles.join(', ')],
    [t('devices.parent'), device.parentSensorId === device.gatewayId ? null : device.parentSensorId],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
      <div>
        <dt>{t('devices.firstSeen')}</dt>
        <dd>
          <Moment at={device.firstSeen} />
        </dd>
      </div>
    </dl>
  );
}
