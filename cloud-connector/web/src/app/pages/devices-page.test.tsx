import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { list, openCommands } from '@/testing/command-app';
import { CAMERA } from '@/testing/device-fixtures';
import { json } from '@/testing/fake-server';

const open = (path: string) =>
  openCommands(path, {
    answers: {
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
});
