import { Button } from '@mantine/core';
import { Icon } from '@/components/icon';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Says that only one gateway's gates are shown, and takes that back when pressed. */
export function GatewayPill({ gatewayId, onClear }: { gatewayId: string; onClear: () => void }) {
  const { t } = useI18n();
  return (
    <Button
      size="compact-sm"
      variant="light"
      rightSection={<Icon name="close" size={14} />}
      title={t('gates.allGateways')}
      onClick={onClear}
    >
      {t('gates.ofGateway', { id: gatewayId })}
    </Button>
  );
}
