import { deliveryOf } from '@/lib/gates';
import type { Device } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { OperationIcon } from '@/ui/icons';

/** For as long as any device is to be in an emergency: how many, and how many have asked for it. */
export function EmergencyBanner({
  devices,
  onEnd,
}: {
  devices: Device[];
  onEnd: (devices: Device[]) => void;
}) {
  const { t, model } = useScreen();
  const emergency = devices.filter((device) => device.operation === 'emergency');
  if (emergency.length === 0) {
    return null;
  }
  const asked = emergency.filter((device) => deliveryOf(device, 'operation') === 'asked').length;
  return (
    <div class="emergency-banner" role="status" data-testid="emergency-banner">
      <OperationIcon operation="emergency" />
      <span class="emergency-banner-text">
        <strong>{t('emergency.banner', { n: emergency.length, all: devices.length })}</strong>
        <span>
          {t('emergency.asked', { asked, n: emergency.length })} · {t('emergency.notSafety')}
        </span>
      </span>
      {model.station.mayControl && (
        <button
          type="button"
          class="plain"
          data-testid="emergency-end"
          onClick={() => {
            onEnd(emergency);
          }}
        >
          {t('emergency.end')}
        </button>
      )}
    </div>
  );
}
