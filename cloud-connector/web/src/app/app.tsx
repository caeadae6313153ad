import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorBoundary } from '@/app/error-boundary';
import { AppRoutes } from '@/app/routes';
import { colorSchemeManager, theme, variables } from '@/app/theme';
import { I18nProvider } from '@/lib/i18n/i18n-provider';

/** The console; needs a router around it. */
export function App() {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <I18nProvider>
        <ErrorBoundary>
          <QueryClientProvider client={queries}>
            <AppRoutes />
          </QueryClientProvider>
        </ErrorBoundary>
      </I18nProvider>
    </MantineProvider>
  );
}
