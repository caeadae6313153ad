import { Button } from '@mantine/core';
import { EmptyState } from '@/components/empty-state';
import { useI18n } from '@/lib/i18n/i18n-context';

export function NoMatch({ text, onClear }: { text: string; onClear: () => void }) {
  const { t } = useI18n();
  return (
    <EmptyState text={text}>
      <Button size="xs" variant="default" onClick={onClear}>
        {t('table.clearFilters')}
      </Button>
    </EmptyState>
  );
}
