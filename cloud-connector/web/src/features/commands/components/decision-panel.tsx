import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Decision, useDecision } from '@/features/commands/api/actions';
import type { Command } from '@/features/commands/api/types';
import { ApiProblem } from '@/components/api-problem';
import classes from '@/features/commands/commands.module.css';
import { mayApprove, mayCancel, type Viewer } from '@/features/commands/rights';
import { useI18n } from '@/lib/i18n/i18n-context';

/** What the viewer may do with a command that has not ended. */
export function DecisionPanel({ command, viewer }: { command: Command; viewer: Viewer }) {
  const { t } = useI18n();
  const decision = useDecision(command.id);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const pending = command.state === 'PENDING_APPROVAL';
  const own = command.requestedBy === viewer.username;
  const approver = pending && mayApprove(viewer) && !own;
  const stoppable = mayCancel(viewer, command);
  if (command.final || (!approver && !stoppable)) {
    return null;
  }

  const missing = reason.trim() === '';
  const decide = (chosen: Decision, needsReason: boolean) => {
    setAsked(needsReason);
    if (!needsReason || !missing) {
      decision.mutate(chosen);
    }
  };
  const said = reason.trim();
  const error = decision.data?.ok === false && !decision.isPending ? decision.data.error : null;

  return (
    <section className={classes.panel} aria-label={t('decision.title')} data-testid="decision">
      <Stack gap="xs">
        {pending && (
          <Text size="sm">{t(approver ? 'decision.look' : own ? 'decision.own' : 'decision.waiting')}</Text>
        )}
        <Textarea
          label={t('decision.reason')}
          maxLength={500}
          autosize
          error={asked && missing && t('decision.reasonNeeded')}
          data-testid="decision-reason"
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        {error && <ApiProblem error={error} />}
        <Group gap="xs">
          {approver && (
            <>
              <Button
                size="compact-md"
                data-testid="approve"
                loading={decision.isPending}
                onClick={() => {
                  decide({ action: 'approve', paramsHash: command.paramsHash, reason: said }, false);
                }}
              >
                {t('decision.approve')}
              </Button>
              <Button
                size="compact-md"
                variant="default"
                data-testid="reject"
                onClick={() => {
                  decide({ action: 'reject', reason: said }, true);
                }}
              >
                {t('decision.reject')}
              </Button>
            </>
          )}
          {stoppable && command.state !== 'CANCELLING' && (
            <Button
              size="compact-md"
              variant="default"
              data-testid="cancel"
              onClick={() => {
                decide({ action: 'cancel', reason: said, force: false }, false);
              }}
            >
              {t('decision.cancel')}
            </Button>
          )}
          {mayApprove(viewer) && !pending && command.state !== 'PENDING' && (
            <Button
              size="compact-md"
              variant="subtle"
              color="red"
              title={t('decision.forceHint')}
              data-testid="force"
              onClick={() => {
                decide({ action: 'cancel', reason: said, force: true }, true);
              }}
            >
              {t('decision.force')}
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  );
}
