import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { fakeServer, json, liveStream, problem } from '@/testing/fake-server';
import { aGate, aGateway, aSnapshot } from '@/testing/fixtures';
import { renderApp } from '@/testing/render-app';
import type { Snapshot } from '@/lib/live/types';

const SITE: Partial<Snapshot> = {
  gateways: [aGateway(), aGateway({ id: 'north', status: 'missing', gaps: 2 })],
  gates: [
    aGate({ id: 'G10-01' }),
    aGate({ id: 'G2-01', status: 'fault', reportedStatus: 'fault', message: 'Door stuck' }),
    aGate({ id: 'G1-01', gatewayId: 'north', status: 'unknown', reportedStatus: 'online' }),
  ],
};

async function open(site: Partial<Snapshot> = SITE, path = '/dashboard/gateways') {
  const stream = liveStream();
  const server = fakeServer({
    'GET /api/v1/auth/session': json(200, { username: 'anna', role: 'admin' }),
    'POST /api/v1/auth/logout': () => new Response(null, { status: 204 }),
    'GET /api/v1/live': stream.response,
  });
  const user = renderApp(path);
  stream.send('snapshot', aSnapshot(site));
  await screen.findByRole('heading', { level: 1 });
  return { user, stream, server };
}

const gates = () => screen.queryAllByTestId(/^gate-/).map((row) => row.dataset['testid']);
const gateFilter = (name: RegExp) =>
  within(screen.getByRole('region', { name: 'Gates' })).getByRole('button', { name });

describe('the gateways page', () => {
  test('shows gateways and gates in natural order', async () => {
    await open();
    expect(screen.getByTestId('gateway-north').querySelector('[data-status="missing"]')).toHaveTextContent(
      'Missing',
    );
    expect(gates()).toEqual(['gate-north-G1-01', 'gate-demo-G2-01', 'gate-demo-G10-01']);
  });

  test('shows what a gate reports only when that is not its status', async () => {
    await open();
    const reported = (id: string) => within(screen.getByTestId(id)).getByTestId('cell-reported');
    expect(reported('gate-north-G1-01')).toHaveTextContent('Online');
    expect(reported('gate-demo-G2-01')).toBeEmptyDOMElement();
    expect(screen.getByTestId('gate-north-G1-01').querySelectorAll('[data-status]')).toHaveLength(1);
  });

  test('follows a change', async () => {
    const { stream } = await open();
    stream.send('gate', aGate({ id: 'G2-01', status: 'online' }));
    await waitFor(() => {
      expect(screen.getByTestId('gate-demo-G2-01').querySelector('[data-status="online"]')).not.toBeNull();
    });
  });

  test('filters by status, and counts each', async () => {
    const { user } = await open();
    await user.click(gateFilter(/^Fault 1$/));
    expect(gates()).toEqual(['gate-demo-G2-01']);
    await user.click(gateFilter(/^Fault 1$/));
    expect(gates()).toHaveLength(3);
  });

  test('searches, and takes the filters back when nothing is left', async () => {
    const { user } = await open();
    await user.type(screen.getByLabelText('Search gates'), 'stuck');
    await waitFor(() => {
      expect(gates()).toEqual(['gate-demo-G2-01']);
    });
    await user.type(screen.getByLabelText('Search gates'), 'x');
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await waitFor(() => {
      expect(gates()).toHaveLength(3);
    });
  });

  test('sorts by a column, worst status first, and turns round', async () => {
    const { user } = await open();
    const header = within(screen.getByRole('table', { name: 'Gates' })).getByRole('columnheader', {
      name: 'Status',
    });
    await user.click(within(header).getByRole('button'));
    expect(header).toHaveAttribute('aria-sort', 'ascending');
    expect(gates()).toEqual(['gate-demo-G2-01', 'gate-north-G1-01', 'gate-demo-G10-01']);
    await user.click(within(header).getByRole('button'));
    expect(header).toHaveAttribute('aria-sort', 'descending');
    expect(gates()[0]).toBe('gate-demo-G10-01');
  });

  test('shows the gates of one gateway, and says so in the address', async () => {
    const { user } = await open();
    await user.click(within(screen.getByTestId('gateway-north')).getByRole('button'));
    expect(gates()).toEqual(['gate-north-G1-01']);
    expect(screen.getByTestId('address')).toHaveTextContent('gates.gateway=north');
    await user.click(screen.getByRole('button', { name: 'Gateway north' }));
    expect(gates()).toHaveLength(3);
  });

  test('says how to add a gateway and how to send a heartbeat when there is none', async () => {
    await open({ gateways: [], gates: [] });
    expect(screen.getByText(/add-gateway/)).toBeVisible();
    expect(screen.getByText(/curl -X POST .*\/hb/)).toBeVisible();
  });

  test('greys what it has, and says since when, while it is not connected', async () => {
    const { stream } = await open();
    expect(screen.getByTestId('connection')).toHaveAttribute('data-state', 'live');
    stream.end();
    await waitFor(() => {
      expect(screen.getByTestId('connection')).toHaveTextContent(
        /Not connected, retrying \(since \d\d:\d\d:\d\d\)/,
      );
    });
    expect(gates()).toHaveLength(3);
    expect(screen.getByTestId('gate-demo-G2-01').closest('[data-stale]')).not.toBeNull();
  });

  test('goes to the login page when the session has ended', async () => {
    const { stream, server, user } = await open(SITE, '/dashboard/gateways?gates.q=G');
    server.answers['GET /api/v1/live'] = problem(401, 'unauthenticated');
    stream.end();
    await screen.findByText(/Not connected/);
    await user.click(screen.getByTestId('connection'));
    expect(await screen.findByText(/Your session has ended/)).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent(
      '/login?next=%2Fdashboard%2Fgateways%3Fgates.q%3DG',
    );
  });

  test('signs out', async () => {
    const { user, server } = await open();
    await user.click(screen.getByTestId('user-menu'));
    await user.click(await screen.findByTestId('logout'));
    await screen.findByRole('heading', { name: 'Sign in' });
    expect(server.asked.map(({ route }) => route)).toContain('POST /api/v1/auth/logout');
    expect(screen.queryByText(/Your session has ended/)).toBeNull();
  });

  test('has a page for an address that is none, and a way out of it', async () => {
    const { user } = await open(SITE, '/dashboard/nowhere');
    expect(screen.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Go to the gateways' }));
    expect(await screen.findByTestId('gateway-demo')).toBeVisible();
  });
});
