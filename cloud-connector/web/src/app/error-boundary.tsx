import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { I18nContext } from '@/lib/i18n/i18n-context';

type Props = { readonly children: ReactNode };
type State = { readonly error: Error | null };

/** What is left to say when drawing a page has thrown. */
export class ErrorBoundary extends Component<Props, State> {
  static override contextType = I18nContext;
  declare context: React.ContextType<typeof I18nContext>;
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { t } = this.context;
    if (this.state.error === null) {
      return this.props.children;
    }
    return (
      <Stack component="main" role="alert" maw="36rem" mx="auto" p="xl" align="flex-start">
        <Title order={1} size="h3">
          {t('crash.title')}
        </Title>
        <Text>{t('crash.text')}</Text>
        <Code block w="100%">
          {String(this.state.error)}
        </Code>
        <Button
          onClick={() => {
            window.location.reload();
          }}
        >
          {t('crash.reload')}
        </Button>
      </Stack>
    );
  }
}
