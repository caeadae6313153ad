import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { openCommands as open, openForm } from '@/testing/command-app';
import { aCommand } from '@/testing/command-fixtures';
import { json } from '@/testing/fake-server';

describe('sending a command', () => {
  test('offers what is for the device, found by a part of the name', async () => {
    const { user } = await open('/dashboard/gateways/demo');
    await user.click(await screen.findByTestId('send-command'));
    await waitFor(() => {
      expect(screen.getByTestId('send-set_operation')).toBeVisible();
    });
    await user.type(screen.getByLabelText('Search commands'), 'rout');
    expect(screen.queryByTestId('send-set_operation')).toBeNull();
    await user.keyboard('{Enter}');
    expect(await screen.findByTestId('command-form')).toBeVisible();
  });

  test('sends what the form says, and shows what became of it', async () => {
    const { user, server, sent } = await open('/dashboard/gateways/demo');
    server.answers['POST /api/v1/commands'] = json(
      201,
      aCommand({ type: 'run_traceroute', state: 'PENDING' }),
    );
    const form = await openForm(user, 'run_traceroute');
    expect(await within(form).findByText('The gateway is not connected.')).toBeVisible();
    await user.click(within(form).getByTestId('send'));
    expect(await within(form).findByText('This is needed.')).toBeVisible();
    await user.type(within(form).getByLabelText(/Host/), 'example.org');
    await user.type(within(form).getByTestId('reason'), 'slow link');
    await user.click(within(form).getByTestId('send'));
    expect(await screen.findByTestId('history')).toBeVisible();
    expect(sent('POST /api/v1/commands')).toEqual({
      gatewayId: 'demo',
      target: 'demo',
      type: 'run_traceroute',
      params: { host: 'example.org', maxHops: 20 },
      reason: 'slow link',
    });
    expect(screen.getByTestId('address')).toHaveTextContent('/dashboard/commands/c1');
  });

  test('wants a password and a reason for an emergency, which needs no approval', async () => {
    const { user, server, sent } = await open('/dashboard/gateways/demo/gates/G1-01');
    server.answers['POST /api/v1/auth/reauth'] = json(200, { proof: 'p1' });
    server.answers['POST /api/v1/commands'] = json(201, aCommand({ state: 'PENDING' }));
    const form = await openForm(user, 'set_operation');
    expect(within(form).getByText(/Somebody else has to approve/)).toBeVisible();
    await user.click(within(form).getByTestId('param-operation'));
    await user.click(await screen.findByRole('option', { name: 'emergency', hidden: true }));
    await user.click(within(form).getByTestId('send'));
    expect(await within(form).findAllByText('This is needed.')).toHaveLength(2);
    await user.type(within(form).getByTestId('reason'), 'fire');
    await user.type(within(form).getByTestId('reauth'), 'secret');
    await user.click(within(form).getByTestId('send'));
    await screen.findByTestId('history');
    expect(sent('POST /api/v1/auth/reauth')).toEqual({ password: 'secret' });
    expect(sent('POST /api/v1/commands')).toEqual({
      gatewayId: 'demo',
      target: 'G1-01',
      type: 'set_operation',
      params: { operation: 'emergency', reason: 'fire' },
      reason: 'fire',
      reauthProof: 'p1',
    });
  });

  test('says in the server’s words why a command was not taken', async () => {
    const { user, server } = await open('/dashboard/gateways/demo');
    server.answers['POST /api/v1/commands'] = json(429, {
      code: 'too_many_open',
      detail: '1000 commands of this gateway have not ended yet.',
    });
    const form = await openForm(user, 'run_traceroute');
    await user.type(within(form).getByLabelText(/Host/), 'example.org');
    await user.click(within(form).getByTestId('send'));
    expect(await within(form).findByText(/1000 commands of this gateway/)).toBeVisible();
  });

  test('is not offered to who only looks', async () => {
    await open('/dashboard/gateways/demo', { role: 'viewer' });
    await screen.findByRole('heading', { name: 'Commands' });
    expect(screen.queryByTestId('send-command')).toBeNull();
  });
});
