import { Text, Title } from '@mantine/core';
import { Moment } from '@/components/moment';
import { StatusBadge } from '@/components/status-badge';
import type { CommandStep } from '@/features/commands/api/types';
import { COMMAND_LOOKS } from '@/features/commands/command-looks';
import classes from '@/features/commands/commands.module.css';
import { useI18n } from '@/lib/i18n/i18n-context';

/** How a command came to where it stands. */
export function CommandSteps({ steps }: { steps: readonly CommandStep[] }) {
  const { t } = useI18n();
  return (
    <section className={classes.panel}>
      <Title order={2} size="h6" mb="xs">
        {t('command.history')}
      </Title>
      <ol className={classes.steps} data-testid="history">
        {steps.map((step) => (
          <li key={step.version} className={classes.step} data-to={step.to}>
            <Moment at={step.at} />
            <span>
              <StatusBadge status={step.to} looks={COMMAND_LOOKS} />{' '}
              <Text span size="sm">
                {step.actor}
              </Text>
              {step.reason !== null && (
                <Text span size="sm" c="var(--console-text-2)">
                  {' '}
                  – {step.reason}
                </Text>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
