import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { list, openCommands } from '@/testing/command-app';
import { CAMERA, commandsThatBring } from '@/testing/device-fixtures';
import { json } from '@/testing/fake-server';

const open = (path: string, role = 'operator') =>
  openCommands(path, {
    role,
    answers: {
      'POST /api/v1/commands': commandsThatBring({
        camera_discover: () => ({
          cameras: [
            { endpoint: 'urn:uuid:1', address: '192.0.2.7:80', name: 'North', camera: 'cam-1' },
            { endpoint: 'urn:uuid:2', address: '192.0.2.9:80', name: 'Hall', hardware: 'D4', camera: null },
          ],
        }),
        camera_add: () => ({ camera: 'cam-2', added: true }),
      }),
      'GET /api/v1/devices?type=CAMERA&limit=1000': list([
        { ...CAMERA, id: 'cam-2', name: null, model: 'Bullet', status: 'offline' },
        CAMERA,
      ]),
      'GET /api/v1/devices/demo/cam-1': json(200, CAMERA),
      'GET /api/v1/commands?gateway=demo&target=cam-1&limit=50': list([]),
    },
  });

describe('cameras', () => {
  test('are listed with what they are, and found by it', async () => {
    const { user } = await open('/dashboard/cameras');
    const row = await screen.findByTestId('device-cam-1');
    expect(within(row).getByText('North entrance')).toBeVisible();
    expect(row).toHaveTextContent('Acme Dome 4');
    expect(row).toHaveTextContent('Online');
    await user.type(screen.getByRole('searchbox', { name: /search by name/i }), 'bullet');
    expect(await screen.findByTestId('device-cam-2')).toBeVisible();
    expect(screen.queryByTestId('device-cam-1')).toBeNull();
  });

  test('have a page with facts and commands', async () => {
    await open('/dashboard/cameras/demo/cam-1');
    expect(await screen.findByRole('heading', { name: 'North entrance' })).toBeVisible();
    const facts = screen.getByRole('region', { name: 'What it is' });
    expect(facts).toHaveTextContent('192.0.2.7:80');
    expect(facts).toHaveTextContent('Main, Sub');
    expect(await screen.findByTestId('send-command')).toBeEnabled();
  });

  test('that a search finds are ours already or are added by one press', async () => {
    const { user, server } = await open('/dashboard/cameras');
    await user.click(await screen.findByTestId('find-cameras'));
    expect(await screen.findByText('Is cam-1')).toBeInTheDocument();
    expect(screen.queryByTestId('add-192.0.2.7:80')).toBeNull();
    await user.click(screen.getByTestId('add-192.0.2.9:80'));
    expect(await screen.findByTestId('added-192.0.2.9:80')).toHaveAttribute('href', '/dashboard/commands/r2');
    expect(
      server.asked.filter(({ route }) => route === 'POST /api/v1/commands').map(({ body }) => body),
    ).toMatchObject([
      { type: 'camera_discover', target: 'demo' },
      { type: 'camera_add', target: 'demo', params: { address: '192.0.2.9:80' } },
    ]);
  });

  test('are not searched by who only looks', async () => {
    await open('/dashboard/cameras', 'viewer');
    await screen.findByTestId('device-cam-1');
    expect(screen.queryByTestId('find-cameras')).toBeNull();
  });
});
