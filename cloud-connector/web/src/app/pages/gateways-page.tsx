import { Center, Loader } from '@mantine/core';
import classes from '@/app/pages/gateways-page.module.css';
import { useTitle } from '@/app/use-title';
import { GateSection } from '@/features/gates/components/gate-section';
import { GatewaySection } from '@/features/gateways/components/gateway-section';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useLoaded } from '@/lib/live/use-live';
import { useTableFilter } from '@/lib/use-table-view';

/** Every gateway and every gate, live. */
export function GatewaysPage() {
  const { t } = useI18n();
  const loaded = useLoaded();
  const [, showGatesOf] = useTableFilter('gates', 'gateway');
  useTitle(t('gateways.title'));

  if (!loaded) {
    return (
      <Center h="60dvh">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('gateways.title')}</h1>
      <GatewaySection onShowGates={showGatesOf} />
      <GateSection />
    </div>
  );
}
