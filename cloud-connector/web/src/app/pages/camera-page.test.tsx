import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { list, openCommands } from '@/testing/command-app';
import { CAMERA, commandsThatBring } from '@/testing/device-fixtures';
import { json } from '@/testing/fake-server';

const LATEST = [
  { subject: 'camera/cam-1/metrics', metric: 'reachable', at: CAMERA.lastSeen, value: true },
  { subject: 'camera/cam-1/metrics', metric: 'latency.ms', at: CAMERA.lastSeen, value: 23.4 },
];

const open = (role = 'operator', outcomes: Parameters<typeof commandsThatBring>[0] = {}) =>
  openCommands('/dashboard/cameras/demo/cam-1', {
    role,
    answers: {
      'GET /api/v1/devices/demo/cam-1': json(200, CAMERA),
      'GET /api/v1/commands?gateway=demo&target=cam-1&limit=50': list([]),
      'HEAD /api/v1/devices/demo/cam-1/thumbnail': () =>
        new Response(null, { status: 200, headers: { ETag: '"abc"' } }),
      'GET /api/v1/metrics/latest?gateway=demo': json(200, LATEST),
      'GET /api/v1/devices/demo/cam-1/events?limit=20': json(200, {
        items: [
          {
            at: CAMERA.lastSeen,
            kind: 'camera_motion',
            receivedAt: CAMERA.lastSeen,
            values: { active: true, topic: 'VideoSource/MotionAlarm', source: 'vs0' },
          },
        ],
        next: '5.1.2',
      }),
      'GET /api/v1/devices/demo/cam-1/events?limit=20&before=5.1.2': json(200, {
        items: [
          {
            at: CAMERA.lastSeen,
            kind: 'alarm',
            receivedAt: CAMERA.lastSeen,
            values: { state: 'raised', kind: 'camera_clock', text: 'its clock is off by 90 s' },
          },
        ],
        next: null,
      }),
      'POST /api/v1/commands': commandsThatBring({
        camera_get_imaging_options: () => ({
          options: { Brightness: { Min: 0, Max: 100 }, IrCutFilterModes: ['ON', 'OFF', 'AUTO'] },
        }),
        camera_get_imaging: () => ({ settings: { Brightness: 50, IrCutFilter: 'AUTO' } }),
        camera_set_imaging: (params) => ({
          settings: { Brightness: 50, IrCutFilter: params['ir_cut_filter'] },
        }),
        camera_ptz_move: () => ({ moved: true }),
        camera_ptz_stop: () => ({}),
        camera_ptz_presets: () => ({ presets: [{ token: 'p1', name: 'Gates' }] }),
        ...outcomes,
      }),
    },
  });

type Sent = { readonly type: string; readonly params: unknown; readonly expiresInSeconds: number };

const commandsTo = ({ server }: Awaited<ReturnType<typeof open>>, ...types: readonly string[]) =>
  server.asked
    .filter(({ route }) => route === 'POST /api/v1/commands')
    .map(({ body }) => body as Sent)
    .filter(({ type }) => types.includes(type));

describe('a camera', () => {
  test('shows its picture without a token in the address, and how its gateway found it', async () => {
    await open();
    const picture = await screen.findByTestId('thumbnail');
    expect(picture.getAttribute('src')).toBe('/api/v1/devices/demo/cam-1/thumbnail?v=abc');
    await waitFor(() => {
      expect(screen.getByTestId('health')).toHaveTextContent('in 23 ms');
    });
    fireEvent.error(picture);
    expect(await screen.findByTestId('no-picture')).toBeVisible();
  });

  test('shows what happened, newest first, in pages', async () => {
    const { user } = await open('viewer');
    expect(await screen.findByTestId('event-camera_motion')).toHaveTextContent('Motion began');
    await user.click(screen.getByTestId('older-events'));
    const alarm = await screen.findByTestId('event-alarm');
    expect(alarm).toHaveTextContent('its clock is off by 90 s');
    expect(screen.getByTestId('event-camera_motion').nextElementSibling).toBe(alarm);
    expect(screen.queryByTestId('older-events')).toBeNull();
  });

  test('gets only those settings that were changed', async () => {
    const opened = await open();
    const { user } = opened;
    await user.click(await screen.findByTestId('read-imaging'));
    const filter = await screen.findByTestId('imaging-ir_cut_filter');
    expect(screen.getByTestId('apply-imaging')).toBeDisabled();
    await user.click(within(filter).getByRole('combobox'));
    await user.click(await screen.findByRole('option', { name: 'ON', hidden: true }));
    await user.click(screen.getByTestId('apply-imaging'));
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_set_imaging')).toHaveLength(1);
    });
    expect(commandsTo(opened, 'camera_set_imaging')[0]?.params).toEqual({ ir_cut_filter: 'ON' });
  });

  test('moves while a button is held and is stopped when it is let go', async () => {
    const opened = await open();
    const button = await screen.findByTestId('ptz-left');
    fireEvent.pointerDown(button, { pointerId: 1, button: 0 });
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_move')).toHaveLength(1);
    });
    expect(commandsTo(opened, 'camera_ptz_move')[0]).toMatchObject({
      params: { mode: 'continuous', pan: -0.5, millis: 2_000 },
      // nothing that moves may wait for a gateway that is away
      expiresInSeconds: 5,
    });
    fireEvent.pointerUp(button, { pointerId: 1 });
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_stop').length).toBeGreaterThan(0);
    });
  });

  test.each([
    ['the window loses the focus', () => fireEvent.blur(window)],
    ['the page is left', () => fireEvent(window, new Event('pagehide'))],
    ['the key is let go', () => fireEvent.keyUp(screen.getByTestId('ptz'), { key: 'ArrowUp' })],
  ])('is stopped when %s', async (_what, happen) => {
    const opened = await open();
    fireEvent.keyDown(await screen.findByTestId('ptz'), { key: 'ArrowUp' });
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_move')[0]?.params).toMatchObject({ tilt: 0.5 });
    });
    happen();
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_stop').length).toBeGreaterThan(0);
    });
  });

  test('is stopped when somebody goes to another page', async () => {
    const opened = await open();
    fireEvent.keyDown(await screen.findByTestId('ptz'), { key: '+' });
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_move')[0]?.params).toMatchObject({ zoom: 0.5 });
    });
    await opened.user.click(screen.getByRole('link', { name: 'Recorders' }));
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_stop').length).toBeGreaterThan(0);
    });
  });

  test('goes to a position that it remembers', async () => {
    const opened = await open();
    await opened.user.click(await screen.findByTestId('read-presets'));
    const preset = await screen.findByTestId('preset-p1');
    await opened.user.click(within(preset).getByRole('button', { name: 'Go' }));
    await waitFor(() => {
      expect(commandsTo(opened, 'camera_ptz_presets').at(-1)?.params).toEqual({ action: 'go', preset: 'p1' });
    });
  });

  test('says why it did not do something', async () => {
    const opened = await open('operator', { camera_ptz_presets: () => ({ failed: 'conflict' }) });
    await opened.user.click(await screen.findByTestId('read-presets'));
    expect(await screen.findByTestId('run-problem')).toHaveTextContent('It said no.');
  });

  test('is neither asked nor moved by who only looks', async () => {
    await open('viewer');
    expect(await screen.findByText(/Your role only looks/)).toBeVisible();
    expect(screen.queryByTestId('ptz')).toBeNull();
    expect(screen.queryByTestId('imaging')).toBeNull();
  });
});
