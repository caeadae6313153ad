import { Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTitle } from '@/app/use-title';
import { useRegistry } from '@/features/commands/api/queries';
import type { CommandType } from '@/features/commands/api/types';
import classes from '@/features/commands/commands.module.css';
import { FleetForm } from '@/features/commands/fleet/fleet-form';
import { CommandChoice } from '@/features/commands/send/command-choice';
import { useI18n } from '@/lib/i18n/i18n-context';

/** First which command, then for which devices and how fast. */
export function NewFleetCommandPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const registry = useRegistry();
  const [type, setType] = useState<CommandType | null>(null);
  useTitle(t('fleet.new'));
  return (
    <div className={classes.page}>
      <Title order={1} size="h4">
        {t('fleet.new')}
      </Title>
      {type === null ? (
        <section className={classes.panel}>
          <CommandChoice types={registry.data?.commands ?? []} onChoose={setType} />
        </section>
      ) : (
        <FleetForm
          key={type.type}
          type={type}
          onBack={() => {
            setType(null);
          }}
          onSent={(id) => {
            void navigate(`/dashboard/fleet-commands/${encodeURIComponent(id)}`);
          }}
        />
      )}
    </div>
  );
}
