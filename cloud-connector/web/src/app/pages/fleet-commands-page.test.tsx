import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { list, openCommands } from '@/testing/command-app';
import { SERVER_TIME } from '@/testing/fixtures';
import { json } from '@/testing/fake-server';

const FLEET = {
  id: 'f1',
  number: 1,
  type: 'run_traceroute',
  params: { host: 'example.org' },
  paramsHash: 'abc',
  reason: 'check the line',
  state: 'RUNNING',
  requestedBy: 'bob',
  approvedBy: null,
  createdAt: SERVER_TIME,
  ratePerMinute: 60,
  maxOpen: 50,
  stopAtFailedPercent: 20,
  summary: { SUCCESS: 2, FAILED: 1, RUNNING: 1, waiting: 4 },
};
const GATEWAYS = ['demo', 'east', 'west'].map((id) => ({
  id,
  gatewayId: id,
  name: null,
  status: id === 'west' ? 'missing' : 'online',
}));

async function open(path: string, values: Partial<typeof FLEET> = {}) {
  const opened = await openCommands(path);
  const { answers } = opened.server;
  answers['GET /api/v1/fleet-commands?limit=100'] = list([{ ...FLEET, ...values }]);
  answers['GET /api/v1/fleet-commands/f1'] = json(200, { ...FLEET, ...values });
  answers['GET /api/v1/fleet-commands/f1/targets?limit=500'] = json(200, [
    {
      position: 0,
      gatewayId: 'demo',
      target: 'demo',
      commandId: 'c1',
      state: 'FAILED',
      errorCode: 'timeout',
      refused: null,
    },
    {
      position: 1,
      gatewayId: 'east',
      target: 'east',
      commandId: null,
      state: null,
      errorCode: null,
      refused: null,
    },
  ]);
  answers['GET /api/v1/devices?type=EDGE_CONTROLLER&limit=1000'] = list(GATEWAYS);
  return opened;
}

describe('a command for many devices', () => {
  test('is made of a command, chosen devices and a pace', async () => {
    const { user, server, sent } = await open('/dashboard/gateways');
    server.answers['POST /api/v1/fleet-commands'] = json(201, FLEET);
    await user.click(screen.getByRole('link', { name: 'Fleet commands' }));
    await user.click(await screen.findByRole('link', { name: 'New fleet command' }));
    await user.click(await screen.findByTestId('send-run_traceroute'));
    await user.click(await screen.findByTestId('send'));
    expect(await screen.findByText('Choose at least one device.')).toBeVisible();

    await user.type(screen.getByTestId('param-host'), 'example.org');
    await user.click(await screen.findByTestId('target-demo demo'));
    await user.type(screen.getByLabelText('Search devices'), 'west');
    await user.click(screen.getByTestId('choose-found'));
    expect(screen.getByTestId('chosen')).toHaveTextContent('2 chosen');
    await user.clear(screen.getByTestId('ratePerMinute'));
    await user.type(screen.getByTestId('ratePerMinute'), '30');
    await user.click(screen.getByTestId('send'));

    expect(await screen.findByTestId('fleet-state')).toHaveAttribute('data-state', 'RUNNING');
    expect(sent('POST /api/v1/fleet-commands')).toMatchObject({
      type: 'run_traceroute',
      params: { host: 'example.org', maxHops: 20 },
      targets: [
        { gatewayId: 'demo', target: 'demo' },
        { gatewayId: 'west', target: 'west' },
      ],
      ratePerMinute: 30,
      maxOpen: 50,
      stopAtFailedPercent: 20,
    });
  });

  test('shows how far it is, live, and what became of each', async () => {
    const { server, stream } = await open('/dashboard/fleet-commands/f1');
    const summary = await screen.findByTestId('fleet-summary');
    expect(summary).toHaveTextContent('Done: 2 · Failed: 1 · Under way: 1 · Waiting: 4');
    const target = await screen.findByTestId('fleet-target-demo');
    expect(within(target).getByRole('link')).toHaveAttribute('href', '/dashboard/commands/c1');
    expect(target).toHaveTextContent('timeout');

    server.answers['GET /api/v1/fleet-commands/f1'] = json(200, {
      ...FLEET,
      state: 'STOPPED',
      summary: { SUCCESS: 2, FAILED: 6 },
    });
    stream.send('command', { id: 'c1', state: 'FAILED' });

    await waitFor(() => {
      expect(screen.getByTestId('fleet-state')).toHaveAttribute('data-state', 'STOPPED');
    });
    expect(screen.queryByTestId('pause')).toBeNull();
  });

  test('is paused, and approved by somebody else as it was seen', async () => {
    const { user, server, sent } = await open('/dashboard/fleet-commands/f1', { state: 'PENDING_APPROVAL' });
    server.answers['POST /api/v1/fleet-commands/f1/approve'] = json(200, FLEET);
    server.answers['POST /api/v1/fleet-commands/f1/pause'] = json(200, { ...FLEET, state: 'PAUSED' });
    const approve = await screen.findByTestId('approve');
    server.answers['GET /api/v1/fleet-commands/f1'] = json(200, FLEET);
    await user.click(approve);
    await user.click(await screen.findByTestId('pause'));
    expect(sent('POST /api/v1/fleet-commands/f1/approve')).toEqual({ paramsHash: 'abc' });
    expect(sent('POST /api/v1/fleet-commands/f1/pause')).toEqual({});
  });

  test('can’t be approved by who asked for it', async () => {
    await open('/dashboard/fleet-commands/f1', { state: 'PENDING_APPROVAL', requestedBy: 'anna' });
    expect(await screen.findByText(/You asked for this yourself/)).toBeVisible();
    expect(screen.queryByTestId('approve')).toBeNull();
  });
});
