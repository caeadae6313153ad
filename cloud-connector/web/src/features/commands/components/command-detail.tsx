import { Group, Progress, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notice } from '@/components/notice';
import { Moment } from '@/components/moment';
import { StatusBadge } from '@/components/status-badge';
import { useRegistry } from '@/features/commands/api/queries';
import type { CommandWithHistory, JsonObject } from '@/features/commands/api/types';
import { COMMAND_LOOKS } from '@/features/commands/command-looks';
import { CommandSteps } from '@/features/commands/components/command-steps';
import { SafetyLabel } from '@/features/commands/components/safety-label';
import { ValueTable } from '@/features/commands/components/value-table';
import classes from '@/features/commands/commands.module.css';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly command: CommandWithHistory;
  /** What can be done with it. */
  readonly children: ReactNode;
  /** The files that it made. */
  readonly files: ReactNode;
};

/** Everything about one command: what was asked, where it stands, what came back. */
export function CommandDetail({ command, children, files }: Props) {
  const { t, language } = useI18n();
  const registry = useRegistry();
  const type = registry.data?.commands.find((one) => one.type === command.type);
  const result = resultOf(command);
  return (
    <>
      <Group gap="sm">
        <Title order={1} size="h4">
          {type?.title[language] ?? type?.title.en ?? command.type}
        </Title>
        <span data-testid="state" data-state={command.state}>
          <StatusBadge status={command.state} looks={COMMAND_LOOKS} />
        </span>
        <SafetyLabel safety={command.safety} />
      </Group>
      {command.progress && !command.final && (
        <div>
          <Progress value={command.progress.percent} aria-label={t('command.progress')} />
          <Text size="xs" c="var(--console-text-2)">
            {command.progress.percent} % {command.progress.text}
          </Text>
        </div>
      )}
      <Failure command={command} />
      {children}
      <Facts command={command} />
      {files}
      <div className={classes.two}>
        <section className={classes.panel}>
          <Title order={2} size="h6" mb="xs">
            {t('command.asked')}
          </Title>
          <ValueTable
            label={t('command.asked')}
            values={command.params}
            compare={result}
            emptyText={t('command.noParameters')}
          />
        </section>
        <section className={classes.panel} data-testid="result">
          <Title order={2} size="h6" mb="xs">
            {t('command.cameBack')}
          </Title>
          <ValueTable
            label={t('command.cameBack')}
            values={result}
            compare={command.params}
            emptyText={t(command.final ? 'command.noResult' : 'command.noResultYet')}
          />
        </section>
      </div>
      <CommandSteps steps={command.history} />
    </>
  );
}

/** What the handler said; what is around it in the gateway's report is shown elsewhere. */
function resultOf({ result }: CommandWithHistory): JsonObject | null {
  const inner = result?.['result'];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as JsonObject) : null;
}

function Failure({ command }: { command: CommandWithHistory }) {
  const { t, language } = useI18n();
  const registry = useRegistry();
  const { error, late } = command;
  const meaning = error ? registry.data?.codes[error.code] : undefined;
  return (
    <>
      {error && (
        <Notice tone="bad" icon="alert" role="status">
          <strong data-testid="error-code">{error.code}</strong>
          {error.message !== null && <> – {error.message}</>}
          {meaning && <div style={{ color: 'var(--console-text-2)' }}>{meaning[language] ?? meaning.en}</div>}
        </Notice>
      )}
      {late && (
        <Notice tone="warn" icon="clock" role="status">
          {t('command.late', { status: late.status })} <Moment at={late.at} />
        </Notice>
      )}
    </>
  );
}

function Facts({ command }: { command: CommandWithHistory }) {
  const { t } = useI18n();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('command.target'), `${command.gatewayId} / ${command.target}`],
    [t('command.requestedBy'), command.requestedBy],
    [t('command.createdAt'), <Moment key="at" at={command.createdAt} />],
    [t('command.reason'), command.reason],
    [t('command.approvedBy'), command.approvedBy],
    [t('command.startedAt'), command.startedAt && <Moment key="at" at={command.startedAt} />],
    [t('command.endedAt'), command.endedAt && <Moment key="at" at={command.endedAt} />],
    [t('command.deadline'), command.deadline && <Moment key="at" at={command.deadline} />],
    [t('command.cancelBy'), command.cancel && `${command.cancel.by} ${command.cancel.reason ?? ''}`],
    [t('command.path'), `${command.operation} ${command.objectPath}`],
    [t('command.id'), command.id],
  ];
  return (
    <dl className={`${classes.panel ?? ''} ${classes.facts ?? ''}`}>
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
