import { Anchor, Center, Loader } from '@mantine/core';
import { Link } from 'react-router';
import { ApiProblem } from '@/components/api-problem';
import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { StatusBadge } from '@/components/status-badge';
import { useRegistry } from '@/features/commands/api/queries';
import classes from '@/features/commands/commands.module.css';
import { useFleets } from '@/features/commands/fleet/api';
import { FLEET_LOOKS } from '@/features/commands/fleet/fleet-looks';
import { Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

/** The latest commands for many devices, newest first. */
export function FleetList() {
  const { t, language } = useI18n();
  const fleets = useFleets();
  const registry = useRegistry();
  if (fleets.error instanceof Unavailable) {
    return <ApiProblem error={fleets.error.reason} />;
  }
  if (!fleets.data) {
    return (
      <Center p="lg">
        <Loader aria-label={t('table.loading')} />
      </Center>
    );
  }
  if (fleets.data.items.length === 0) {
    return <EmptyState text={t('fleet.none')} />;
  }
  const titleOf = (name: string) => {
    const title = registry.data?.commands.find((one) => one.type === name)?.title;
    return title?.[language] ?? title?.en ?? name;
  };
  return (
    <div style={{ overflow: 'auto' }}>
      <table className={classes.values} aria-label={t('nav.fleet')}>
        <tbody>
          {fleets.data.items.map((fleet) => (
            <tr key={fleet.id} data-testid={`fleet-${fleet.id}`}>
              <th scope="row">
                <Anchor
                  component={Link}
                  to={`/dashboard/fleet-commands/${encodeURIComponent(fleet.id)}`}
                  inherit
                >
                  {titleOf(fleet.type)}
                </Anchor>
              </th>
              <td>
                <StatusBadge status={fleet.state} looks={FLEET_LOOKS} />
              </td>
              <td>{fleet.requestedBy}</td>
              <td>
                <Moment at={fleet.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
