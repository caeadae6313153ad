import { CodeSample } from '@/components/code-sample';
import { EmptyState } from '@/components/empty-state';
import { useI18n } from '@/lib/i18n/i18n-context';

const COMMAND = './scs server add-gateway station-01 --data DIR';

export function NoGateway() {
  const { t } = useI18n();
  return (
    <EmptyState title={t('gateways.none.title')} text={t('gateways.none.text')}>
      <CodeSample code={COMMAND} />
    </EmptyState>
  );
}
