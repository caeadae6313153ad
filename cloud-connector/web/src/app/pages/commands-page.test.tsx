import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { list, openCommands as open } from '@/testing/command-app';
import { aCommand } from '@/testing/command-fixtures';
import { json, problem } from '@/testing/fake-server';

describe('a command', () => {
  test('is approved as it was seen', async () => {
    const { user, server, sent } = await open('/dashboard/commands/c1');
    server.answers['POST /api/v1/commands/c1/approve'] = json(
      200,
      aCommand({ state: 'PENDING', approvedBy: 'anna' }),
    );
    await user.click(await screen.findByTestId('approve'));
    await waitFor(() => {
      expect(screen.getByTestId('state')).toHaveAttribute('data-state', 'PENDING');
    });
    expect(sent('POST /api/v1/commands/c1/approve')).toEqual({ paramsHash: 'abc' });
  });

  test('is rejected with a reason only', async () => {
    const { user, server, sent } = await open('/dashboard/commands/c1');
    server.answers['POST /api/v1/commands/c1/reject'] = json(
      200,
      aCommand({ state: 'REJECTED', final: true }),
    );
    await user.click(await screen.findByTestId('reject'));
    expect(await screen.findByText('Say why.')).toBeVisible();
    await user.type(screen.getByTestId('decision-reason'), 'not now');
    await user.click(screen.getByTestId('reject'));
    await waitFor(() => {
      expect(screen.getByTestId('state')).toHaveAttribute('data-state', 'REJECTED');
    });
    expect(sent('POST /api/v1/commands/c1/reject')).toEqual({ reason: 'not now' });
  });

  test('can’t be approved by who asked for it', async () => {
    await open('/dashboard/commands/c1', { commands: [aCommand({ requestedBy: 'anna' })] });
    expect(await screen.findByText(/You asked for this yourself/)).toBeVisible();
    expect(screen.queryByTestId('approve')).toBeNull();
    expect(screen.getByTestId('cancel')).toBeVisible();
  });

  test('follows what happens, without a reload', async () => {
    const { server, stream } = await open('/dashboard/commands/c1', {
      commands: [aCommand({ state: 'RUNNING', progress: { percent: 40, text: 'half way', at: '' } })],
    });
    expect(await screen.findByText(/half way/)).toBeVisible();
    server.answers['GET /api/v1/commands/c1'] = json(
      200,
      aCommand({
        state: 'TIMEOUT',
        final: true,
        error: { code: 'timeout', message: 'no answer', stage: 'execution' },
      }),
    );
    stream.send('command', { id: 'c1', state: 'TIMEOUT' });
    await waitFor(() => {
      expect(screen.getByTestId('state')).toHaveAttribute('data-state', 'TIMEOUT');
    });
    expect(screen.getByTestId('error-code')).toHaveTextContent('timeout');
    expect(screen.getByText('The time was over.')).toBeVisible();
    expect(screen.queryByTestId('decision')).toBeNull();
  });

  test('shows where what came back is not what was asked', async () => {
    await open('/dashboard/commands/c1', {
      commands: [
        aCommand({
          state: 'SUCCESS',
          final: true,
          result: { id: 'c1', status: 'SUCCESS', result: { operation: 'emergency', devices: 'G1-01' } },
        }),
      ],
    });
    const result = await screen.findByTestId('result');
    expect(within(result).getByText('emergency').closest('tr')).toHaveAttribute('data-tone', 'warn');
    expect(within(result).getByText('G1-01').closest('tr')).not.toHaveAttribute('data-tone');
  });

  test('that does not exist has a page that says so', async () => {
    const { server } = await open('/dashboard/commands/c2');
    server.answers['GET /api/v1/commands/c2'] = problem(404, 'not_found');
    expect(await screen.findByText(/cannot be reached|There is no such page/)).toBeVisible();
  });
});

describe('the lists', () => {
  test('count what waits for an approval, and lead to it', async () => {
    const { user } = await open('/dashboard/gateways');
    expect(await screen.findByTestId('waiting')).toHaveTextContent('1');
    await user.click(screen.getByRole('link', { name: /Approvals/ }));
    const row = await screen.findByTestId('command-c1');
    await user.click(within(row).getByRole('button', { name: 'Set the operation of gates' }));
    expect(await screen.findByTestId('approve')).toBeVisible();
  });

  test('are filtered by state, which stands in the address', async () => {
    const { user } = await open('/dashboard/commands');
    await screen.findByTestId('command-c1');
    await user.click(screen.getByText('To approve', { selector: 'label span, label' }));
    await waitFor(() => {
      expect(screen.getByTestId('address')).toHaveTextContent('commands.state=PENDING_APPROVAL');
    });
  });

  test('show the audit to who may read it', async () => {
    const { server, user } = await open('/dashboard/gateways');
    server.answers['GET /api/v1/audit?limit=100'] = list([
      {
        seq: 7,
        at: '2026-06-02T08:00:00.000Z',
        action: 'command.approve',
        actor: 'anna',
        commandId: 'c1',
        type: 'set_operation',
        target: 'G1-01',
        previousState: 'PENDING_APPROVAL',
        newState: 'PENDING',
        reason: null,
      },
    ]);
    await user.click(await screen.findByRole('link', { name: 'Audit' }));
    expect(await screen.findByTestId('audit-7')).toHaveTextContent('command.approve');
  });
});
