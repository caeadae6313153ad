import classes from '@/app/pages/gateways-page.module.css';
import { useTitle } from '@/app/use-title';
import { DeviceSection } from '@/features/devices/components/device-section';
import { DEVICE_KINDS, type DeviceKind } from '@/features/devices/device-looks';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Every camera, or every recorder. */
export function DevicesPage({ kind }: { kind: DeviceKind }) {
  const { t } = useI18n();
  useTitle(t(DEVICE_KINDS[kind].title));
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t(DEVICE_KINDS[kind].title)}</h1>
      <DeviceSection kind={kind} />
    </div>
  );
}
