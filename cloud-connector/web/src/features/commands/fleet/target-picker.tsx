import { Button, Center, Checkbox, Group, Loader, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import { SearchBox } from '@/components/search-box';
import { StatusBadge } from '@/components/status-badge';
import { GATE_LOOKS, GATEWAY_LOOKS } from '@/components/status-looks';
import classes from '@/features/commands/commands.module.css';
import { type Candidate, MAX_TARGETS, useCandidates } from '@/features/commands/fleet/api';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly kind: string;
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
};

/** Rows that are drawn; the search finds the others. */
const SHOWN = 200;

/** A device's key among the chosen; a gateway's id has no space. */
export const keyOf = ({ gatewayId, id }: Candidate) => `${gatewayId} ${id}`;

/** Which devices a command goes to, found by a part of their name. */
export function TargetPicker({ kind, chosen, onChange }: Props) {
  const { t } = useI18n();
  const candidates = useCandidates(kind);
  const [query, setQuery] = useState('');
  const found = useMemo(() => {
    const words = query.toLowerCase().split(/\s+/);
    return (candidates.data ?? []).filter(({ gatewayId, id, name, status }) => {
      const text = `${gatewayId} ${id} ${name ?? ''} ${status}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [candidates.data, query]);

  if (candidates.error instanceof Unavailable) {
    return <ApiProblem error={candidates.error.reason} />;
  }
  if (!candidates.data) {
    return (
      <Center p="md">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  const add = (more: readonly Candidate[]) => {
    onChange(new Set([...chosen, ...more.map(keyOf)].slice(0, MAX_TARGETS)));
  };
  const toggle = (candidate: Candidate, on: boolean) => {
    const next = new Set(chosen);
    if (on) {
      next.add(keyOf(candidate));
    } else {
      next.delete(keyOf(candidate));
    }
    onChange(next);
  };
  return (
    <section className={classes.panel} aria-label={t('fleet.targets')} data-testid="targets">
      <Group gap="xs" mb="xs">
        <SearchBox label={t('fleet.search')} value={query} onChange={setQuery} />
        <Button
          size="compact-sm"
          variant="default"
          data-testid="choose-found"
          onClick={() => {
            add(found);
          }}
        >
          {t('fleet.chooseFound', { count: found.length })}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            add(found.filter(({ status }) => status === 'online'));
          }}
        >
          {t('fleet.chooseOnline')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={chosen.size === 0}
          onClick={() => {
            onChange(new Set());
          }}
        >
          {t('fleet.chooseNone')}
        </Button>
        <Text size="sm" ml="auto" aria-live="polite" data-testid="chosen">
          {t('fleet.chosen', { count: chosen.size })}
        </Text>
      </Group>
      <div className={classes.list}>
        {found.slice(0, SHOWN).map((candidate) => (
          <Group key={keyOf(candidate)} gap="sm" wrap="nowrap" py={3} px="xs">
            <Checkbox
              size="xs"
              label={labelOf(candidate)}
              data-testid={`target-${keyOf(candidate)}`}
              checked={chosen.has(keyOf(candidate))}
              onChange={(event) => {
                toggle(candidate, event.currentTarget.checked);
              }}
            />
            <span style={{ marginInlineStart: 'auto', fontSize: '0.8125rem' }}>
              <StatusBadge
                status={candidate.status}
                looks={kind === 'EDGE_CONTROLLER' ? GATEWAY_LOOKS : GATE_LOOKS}
              />
            </span>
          </Group>
        ))}
        {found.length === 0 && <Text size="sm">{t('fleet.noDevice')}</Text>}
        {found.length > SHOWN && (
          <Text size="xs" c="var(--console-text-3)" p="xs">
            {t('fleet.moreFound', { count: found.length - SHOWN })}
          </Text>
        )}
      </div>
    </section>
  );
}

function labelOf({ gatewayId, id, name }: Candidate): string {
  const device = gatewayId === id ? id : `${gatewayId} / ${id}`;
  return name === null ? device : `${device} – ${name}`;
}
