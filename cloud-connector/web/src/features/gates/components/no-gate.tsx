import { CodeSample } from '@/components/code-sample';
import { EmptyState } from '@/components/empty-state';
import { useI18n } from '@/lib/i18n/i18n-context';

const COMMAND = `curl -X POST http://GATEWAY:3070/hb -H 'Content-Type: application/json' -d '{
  "id": "G1-01", "ip": "192.168.1.101", "gateId": "G1", "side": "north",
  "type": "entry-reader", "status": "online", "ts": "'$(date -u +%FT%TZ)'"
}'`;

export function NoGate() {
  const { t } = useI18n();
  return (
    <EmptyState title={t('gates.none.title')} text={t('gates.none.text')}>
      <CodeSample code={COMMAND} />
    </EmptyState>
  );
}
