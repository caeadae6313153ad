import type { CameraEvent } from '@/features/cameras/api';
import { textOf } from '@/lib/json';

export const EVENT_KINDS = {
  camera_motion: 'event.motion',
  camera_tamper: 'event.tamper',
  camera_digital_input: 'event.input',
  camera_relay: 'event.relay',
  camera_failure: 'event.failure',
  camera_firmware: 'event.firmware',
  camera_event: 'event.other',
  alarm: 'event.alarm',
} as const;

/** How it is called; null when this page does not know the kind. */
export function nameOf({ kind }: CameraEvent): (typeof EVENT_KINDS)[keyof typeof EVENT_KINDS] | null {
  return kind in EVENT_KINDS ? EVENT_KINDS[kind as keyof typeof EVENT_KINDS] : null;
}

/** Whether it began or ended; null when it is neither. */
export function stateOf({ kind, values }: CameraEvent): 'began' | 'ended' | null {
  if (kind === 'alarm') {
    return values['state'] === 'raised' ? 'began' : 'ended';
  }
  return typeof values['active'] === 'boolean' ? (values['active'] ? 'began' : 'ended') : null;
}

/** What people want to know of it besides, in one line. */
export function detailOf({ kind, values }: CameraEvent): string {
  if (kind === 'alarm') {
    return textOf(values['text']) ?? textOf(values['kind']) ?? '';
  }
  if (kind === 'camera_firmware') {
    return `${textOf(values['from']) ?? '?'} → ${textOf(values['to']) ?? '?'}`;
  }
  const place = textOf(values['source']);
  const what = textOf(values['topic']) ?? textOf(values['rule']) ?? '';
  const data = Object.entries(values)
    .filter(([name]) => name.startsWith('data.') || name.startsWith('source.'))
    .map(
      ([name, value]) =>
        `${name.slice(name.indexOf('.') + 1)} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
  return [what, place, ...data].filter((part) => part !== null && part !== '').join(' · ');
}
