import { Group, Title } from '@mantine/core';
import { useMemo } from 'react';
import classes from '@/app/pages/list-page.module.css';
import { useTitle } from '@/app/use-title';
import { CommandList, StateFilter, useStateFilter } from '@/features/commands/components/command-list';
import { useI18n } from '@/lib/i18n/i18n-context';

/** Every command, or those that wait for an approval. */
export function CommandsPage({ approvals = false }: { approvals?: boolean }) {
  const { t } = useI18n();
  const [chosen, choose] = useStateFilter();
  const state = approvals ? 'PENDING_APPROVAL' : chosen;
  const filter = useMemo(() => (state === 'all' ? {} : { state }), [state]);
  const title = t(approvals ? 'nav.approvals' : 'nav.commands');
  useTitle(title);
  return (
    <div className={classes.page}>
      <section className={classes.section} aria-labelledby="commands">
        <Group gap="sm" px="sm" py={6} className={classes.toolbar}>
          <Title order={1} size="h5" id="commands">
            {title}
          </Title>
          {!approvals && <StateFilter value={chosen} onChange={choose} />}
        </Group>
        <CommandList
          label={title}
          filter={filter}
          emptyText={t(approvals ? 'approvals.none' : 'command.none')}
        />
      </section>
    </div>
  );
}
