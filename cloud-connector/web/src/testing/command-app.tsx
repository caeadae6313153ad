import { screen, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import type { CommandWithHistory } from '@/features/commands/api/types';
import { aCommand, REGISTRY } from '@/testing/command-fixtures';
import { fakeServer, json, liveStream } from '@/testing/fake-server';
import { aSnapshot } from '@/testing/fixtures';
import { renderApp } from '@/testing/render-app';

type Options = {
  readonly role?: string;
  readonly commands?: readonly CommandWithHistory[];
  /** What the server answers besides. */
  readonly answers?: Parameters<typeof fakeServer>[0];
};

export const list = (items: readonly unknown[]) => json(200, { items, next: null });
const READINESS = {
  ready: false,
  points: [
    { name: 'allowed', ok: true, blocking: true, reason: 'Your role allows it.' },
    { name: 'gateway_online', ok: false, blocking: false, reason: 'The gateway is not connected.' },
  ],
};

/** The console at the address, with a server that knows these commands. */
export async function openCommands(
  path: string,
  { role = 'approver', commands = [aCommand()], answers = {} }: Options = {},
) {
  const stream = liveStream();
  const server = fakeServer({
    'GET /api/v1/auth/session': json(200, { username: 'anna', role }),
    'GET /api/v1/live': stream.response,
    'GET /api/v1/commands/registry': json(200, REGISTRY),
    'GET /api/v1/commands?limit=50': list(commands),
    'GET /api/v1/commands?state=PENDING_APPROVAL&limit=50': list(
      commands.filter((command) => command.state === 'PENDING_APPROVAL'),
    ),
    'GET /api/v1/commands?gateway=demo&target=G1-01&limit=50': list(commands),
    'GET /api/v1/commands?gateway=demo&limit=50': list(commands),
    'GET /api/v1/commands/readiness?gateway=demo&target=G1-01&type=set_operation': json(200, READINESS),
    'GET /api/v1/commands/readiness?gateway=demo&target=demo&type=run_traceroute': json(200, READINESS),
    'GET /api/v1/commands/c1': json(200, commands[0]),
    ...answers,
  });
  const user = renderApp(path);
  await waitFor(() => {
    expect(server.asked.map(({ route }) => route)).toContain('GET /api/v1/live');
  });
  stream.send('snapshot', aSnapshot());
  const sent = (route: string) => server.asked.find((one) => one.route === route)?.body;
  return { user, stream, server, sent };
}

/** Opens the form of a command in the palette. */
export async function openForm(user: ReturnType<typeof renderApp>, type: string) {
  await user.click(await screen.findByTestId('send-command'));
  await user.click(await screen.findByTestId(`send-${type}`));
  const form = await screen.findByTestId('command-form');
  // the dialog fades in
  await waitFor(() => {
    expect(form).toBeVisible();
  });
  return form;
}
