import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import type { CommandType } from '@/features/commands/api/types';
import { SafetyLabel } from '@/features/commands/components/safety-label';
import classes from '@/features/commands/commands.module.css';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly types: readonly CommandType[];
  readonly onChoose: (type: CommandType) => void;
};

/** Everything that can be sent, found by typing a part of its name; Enter takes the first. */
export function CommandChoice({ types, onChoose }: Props) {
  const { t, language } = useI18n();
  const [query, setQuery] = useState('');
  const words = query.toLowerCase().split(/\s+/);
  const shown = types.filter((type) => {
    const text = `${type.type} ${type.title.en} ${type.title.th ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const first = shown[0];
  return (
    <>
      <TextInput
        // The dialog was opened to type here.
        data-autofocus
        aria-label={t('send.search')}
        placeholder={t('send.search')}
        leftSection={<Icon name="search" />}
        mb="xs"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first) {
            onChoose(first);
          }
        }}
      />
      <div className={classes.list}>
        {shown.map((type) => (
          <button
            key={type.type}
            type="button"
            className={classes.choice}
            data-testid={`send-${type.type}`}
            onClick={() => {
              onChoose(type);
            }}
          >
            <span className={classes.choiceHead}>
              {type.title[language] ?? type.title.en}
              <SafetyLabel safety={type.safety} />
            </span>
            <span style={{ fontSize: '0.75rem', color: 'var(--console-text-2)' }}>
              {type.help?.[language] ?? type.help?.en}
            </span>
          </button>
        ))}
        {shown.length === 0 && <p style={{ margin: '0.5rem' }}>{t('send.noneFound')}</p>}
      </div>
    </>
  );
}
