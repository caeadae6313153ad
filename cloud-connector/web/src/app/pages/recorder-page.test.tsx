import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { list, openCommands } from '@/testing/command-app';
import { commandsThatBring, NVR } from '@/testing/device-fixtures';
import { json, problem } from '@/testing/fake-server';
import { FOUND, iso, NOW, PROBE, RECORDING } from '@/testing/recorder-fixtures';

const LIST = 'GET /api/v1/recordings?gateway=demo&nvr=nvr-1&limit=20';

const open = (
  more: Parameters<typeof openCommands>[1] = {},
  outcomes: Parameters<typeof commandsThatBring>[0] = {},
) =>
  openCommands('/dashboard/nvrs/demo/nvr-1', {
    ...more,
    answers: {
      'GET /api/v1/devices/demo/nvr-1': json(200, NVR),
      'GET /api/v1/commands?gateway=demo&target=nvr-1&limit=50': list([]),
      'POST /api/v1/commands': commandsThatBring({
        nvr_probe: () => PROBE,
        search_recordings: () => FOUND,
        ...outcomes,
      }),
      [LIST]: list([]),
      ...more.answers,
    },
  });

const kindsOf = (track: HTMLElement, kind: string) => track.querySelectorAll(`rect[data-kind="${kind}"]`);

/** jsdom has no pointers, but events of their names. */
function drag(element: HTMLElement, from: number, to: number) {
  const at = (type: string, clientX: number) =>
    fireEvent(element, new MouseEvent(type, { bubbles: true, button: 0, clientX }));
  at('pointerdown', from);
  at('pointermove', to);
  at('pointerup', to);
}

describe('a recorder', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  });

  test('shows what it has today, with gaps, events and its wrong clock', async () => {
    const { server } = await open();
    const track = await screen.findByTestId('track-1');
    await waitFor(() => {
      expect(kindsOf(track, 'recorded')).toHaveLength(2);
    });
    expect(kindsOf(track, 'gap')).toHaveLength(1);
    expect(kindsOf(track, 'event')).toHaveLength(1);
    expect(kindsOf(await screen.findByTestId('track-2'), 'gap')).toHaveLength(1);
    expect(screen.getByText(/clock is 42 s ahead/)).toBeVisible();
    expect(screen.getByText(/Times are in .*UTC/)).toBeVisible();
    const searched = server.asked.find(
      ({ body }) => (body as { type?: string } | undefined)?.type === 'search_recordings',
    );
    expect(searched?.body).toMatchObject({
      gatewayId: 'demo',
      target: 'nvr-1',
      params: { from: iso(0), to: iso(15) },
    });
  });

  test('says of what it could not find out that it is not known, and tries again', async () => {
    let fails = true;
    const { user } = await open(
      {},
      {
        search_recordings: () => (fails ? { failed: 'unavailable' } : FOUND),
      },
    );
    expect(await screen.findByTestId('run-problem')).toHaveTextContent(/brought nothing \(unavailable\)/);
    const track = await screen.findByTestId('track-1');
    expect(kindsOf(track, 'unknown')).toHaveLength(1);
    expect(kindsOf(track, 'gap')).toHaveLength(0);
    fails = false;
    await user.click(screen.getByTestId('retry'));
    await waitFor(() => {
      expect(kindsOf(track, 'recorded')).toHaveLength(2);
    });
    expect(kindsOf(track, 'unknown')).toHaveLength(0);
  });

  test('is moved and zoomed by keys and buttons, and searched where nobody has looked', async () => {
    const { user, server } = await open();
    const timeline = await screen.findByTestId('timeline');
    const searches = () =>
      server.asked.filter(({ body }) => (body as { type?: string } | undefined)?.type === 'search_recordings')
        .length;
    await waitFor(() => {
      expect(searches()).toBe(1);
    });
    timeline.focus();
    await user.keyboard('+');
    const length = () =>
      Date.parse(timeline.dataset['to'] ?? '') - Date.parse(timeline.dataset['from'] ?? '');
    expect(length()).toBe(16 * 3_600_000);
    await user.click(screen.getByRole('radio', { name: 'Week' }));
    expect(length()).toBe(7 * 24 * 3_600_000);
    await waitFor(() => {
      expect(searches()).toBeGreaterThan(4);
    });
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    fireEvent.wheel(timeline, { deltaY: 100_000, clientX: 10 });
    await waitFor(() => {
      expect(length()).toBe(7 * 24 * 3_600_000);
    });
    await user.keyboard('{ArrowDown}');
  });

  test('lets a stretch be picked by keys, and tells what is picked', async () => {
    const { user } = await open();
    const timeline = await screen.findByTestId('timeline');
    timeline.focus();
    await user.keyboard('{Enter}{Shift>}{ArrowRight}{/Shift}');
    // in the middle of what has been of the day; a tenth of a day farther
    expect(screen.getByTestId('export-from')).toHaveValue('2026-06-02T07:30');
    expect(screen.getByTestId('export-to')).toHaveValue('2026-06-02T09:54');
    expect(screen.getByTestId('timeline-picked')).toHaveTextContent(/^Picking from 07:30:00 to 09:54:00/);
    await user.keyboard('{Home}{Enter}');
    expect(screen.getByTestId('export-from')).toHaveValue('2026-06-02T00:00');
    expect(screen.getByTestId('timeline-picked')).toHaveTextContent('Picked from 00:00:00 to 07:30:00.');
    const from = timeline.dataset['from'];
    await user.keyboard('{ArrowLeft}');
    expect(timeline.dataset['from']).not.toBe(from);
  });

  test('gives a picked stretch as a clip, whose limits are told before', async () => {
    const { user, server, sent } = await open();
    server.answers['POST /api/v1/recordings'] = json(201, { ...RECORDING, state: 'requested' });
    const track = await screen.findByTestId('track-1');
    await waitFor(() => {
      expect(kindsOf(track, 'recorded')).toHaveLength(2);
    });
    const form = screen.getByTestId('export');
    expect(within(form).getByText(/15 minutes long, and 1,000 MB large/)).toBeVisible();
    // the track is 1,200 px wide and a day long: 50 px an hour
    drag(track, 500, 600);
    expect(within(form).getByTestId('export-length')).toHaveTextContent('2 h 00 min');
    expect(within(form).getByText(/longer than the 15 minutes/)).toBeVisible();
    expect(within(form).getByTestId('export-send')).toBeDisabled();
    fireEvent.change(within(form).getByTestId('export-from'), { target: { value: '2026-06-02T08:58:00' } });
    fireEvent.change(within(form).getByTestId('export-to'), { target: { value: '2026-06-02T09:02:00' } });
    expect(within(form).getByText(/2 min 00 s of it were not recorded/)).toBeVisible();
    server.answers[LIST] = list([
      { ...RECORDING, state: 'running', command: { ...RECORDING.command, percent: 40 } },
    ]);
    await user.click(within(form).getByTestId('export-send'));
    expect(sent('POST /api/v1/recordings')).toEqual({
      gateway: 'demo',
      nvr: 'nvr-1',
      channel: '1',
      from: iso(8, 58),
      to: iso(9, 2),
    });
    const item = await screen.findByTestId('recording-c7');
    expect(item).toHaveTextContent('Being made');
    expect(item).toHaveTextContent('40 %');
  });

  test('shows a clip that is here, what is missing of it, and plays it', async () => {
    const { user } = await open({
      answers: {
        [LIST]: list([RECORDING]),
        'GET /api/v1/recordings/c7/download-url?part=clip': json(200, {
          url: '/api/v1/downloads/f1?token=t',
        }),
      },
    });
    const item = await screen.findByTestId('recording-c7');
    expect(within(item).getByTestId('partial')).toHaveTextContent('Two seconds are missing.');
    expect(item).toHaveTextContent('abc');
    expect(within(item).getByTestId('evidence')).toBeVisible();
    await user.click(within(item).getByTestId('watch'));
    expect(await within(item).findByTestId('player')).toHaveAttribute('src', '/api/v1/downloads/f1?token=t');
  });

  test('does not offer the clips of others, and says why', async () => {
    await open({ role: 'operator', answers: { [LIST]: list([{ ...RECORDING, requestedBy: 'bob' }]) } });
    const item = await screen.findByTestId('recording-c7');
    expect(item).toHaveTextContent('Only bob and those who approve may watch it.');
    expect(within(item).queryByTestId('watch')).toBeNull();
  });

  test('is asked for nothing by who only looks', async () => {
    const { server } = await open({
      role: 'viewer',
      answers: { 'POST /api/v1/commands': problem(403, 'forbidden') },
    });
    expect(await screen.findByText(/Your role only looks/)).toBeVisible();
    expect(server.asked.map(({ route }) => route)).not.toContain('POST /api/v1/commands');
    expect(screen.queryByTestId('export')).toBeNull();
  });
});
