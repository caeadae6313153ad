import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useRef } from 'react';
import classes from '@/components/code-sample.module.css';
import { Icon } from '@/components/icon';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Something to paste into a terminal. */
export function CodeSample({ code }: { code: string }) {
  const { t } = useI18n();
  const clipboard = useClipboard({ timeout: 2000 });
  const text = useRef<HTMLPreElement>(null);

  // Over plain http, browsers have no clipboard for pages: then the text gets selected, and Ctrl+C does the rest.
  const copy = () => {
    if (window.isSecureContext) {
      clipboard.copy(code);
    } else if (text.current) {
      window.getSelection()?.selectAllChildren(text.current);
    }
  };

  return (
    <div className={classes.sample}>
      <pre ref={text} className={classes.code}>
        {code}
      </pre>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Icon name={clipboard.copied ? 'check' : 'copy'} size={13} />}
        onClick={copy}
      >
        {t(clipboard.copied ? 'copy.copied' : 'copy.copy')}
      </Button>
    </div>
  );
}
