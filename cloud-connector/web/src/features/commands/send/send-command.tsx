import { Button, Kbd, Modal } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Icon } from '@/components/icon';
import { useRegistry } from '@/features/commands/api/queries';
import type { CommandType, Target } from '@/features/commands/api/types';
import { CommandChoice } from '@/features/commands/send/command-choice';
import { CommandForm } from '@/features/commands/send/command-form';
import { useI18n } from '@/lib/i18n/i18n-context';

/** The palette of a device: what can be sent to it, and the form for that. */
export function SendCommand({ target }: { target: Target }) {
  const { t, language } = useI18n();
  const navigate = useNavigate();
  const registry = useRegistry();
  const [opened, { open, close }] = useDisclosure(false);
  const [type, setType] = useState<CommandType | null>(null);
  const show = () => {
    setType(null);
    open();
  };
  useHotkeys([['mod+K', show]]);

  const types = (registry.data?.commands ?? []).filter((one) => accepts(one, target));
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<Icon name="send" size={14} />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        disabled={!registry.data}
        data-testid="send-command"
        onClick={show}
      >
        {t('send.title')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={
          type === null
            ? t('send.to', { target: target.id })
            : `${type.title[language] ?? type.title.en} – ${target.id}`
        }
        closeButtonProps={{ 'aria-label': t('send.close') }}
      >
        {type === null ? (
          <CommandChoice types={types} onChoose={setType} />
        ) : (
          <CommandForm
            key={type.type}
            type={type}
            target={target}
            onBack={() => {
              setType(null);
            }}
            onSent={(id) => {
              close();
              void navigate(`/dashboard/commands/${encodeURIComponent(id)}`);
            }}
          />
        )}
      </Modal>
    </>
  );
}

function accepts(type: CommandType, target: Target): boolean {
  return type.target === target.kind || (type.targetParameter !== null && target.kind === 'EDGE_CONTROLLER');
}
