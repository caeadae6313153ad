import { useEffect } from 'react';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What the browser's tab says. */
export function useTitle(page: string): void {
  const { t } = useI18n();
  const product = t('product.name');
  useEffect(() => {
    document.title = `${page} · ${product}`;
  }, [page, product]);
}
