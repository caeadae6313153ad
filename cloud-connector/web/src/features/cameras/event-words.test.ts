import { describe, expect, test } from 'vitest';
import type { CameraEvent } from '@/features/cameras/api';
import { detailOf, nameOf, stateOf } from '@/features/cameras/event-words';

const event = (kind: string, values: CameraEvent['values']): CameraEvent => ({
  at: '2026-03-01T07:00:00Z',
  receivedAt: '2026-03-01T07:00:01Z',
  kind,
  values,
});

describe('words for events', () => {
  test('motion begins and ends at a place', () => {
    const motion = event('camera_motion', { active: true, topic: 'VideoSource/MotionAlarm', source: 'vs0' });
    expect(nameOf(motion)).toBe('event.motion');
    expect(stateOf(motion)).toBe('began');
    expect(detailOf(motion)).toBe('VideoSource/MotionAlarm · vs0');
    expect(stateOf(event('camera_motion', { active: false }))).toBe('ended');
  });

  test('an alarm says what is wrong', () => {
    const alarm = event('alarm', {
      kind: 'camera_clock',
      state: 'cleared',
      text: 'its clock is off by 90 s',
    });
    expect(stateOf(alarm)).toBe('ended');
    expect(detailOf(alarm)).toBe('its clock is off by 90 s');
  });

  test('what is passed on as it is shows its data, and an unknown kind is no error', () => {
    const other = event('camera_event', { topic: 'RuleEngine/Counter', 'data.Count': '17' });
    expect(detailOf(other)).toBe('RuleEngine/Counter · Count 17');
    expect(stateOf(other)).toBeNull();
    expect(nameOf(event('something_else', {}))).toBeNull();
    expect(detailOf(event('camera_firmware', { from: '5.7.1', to: '5.8.0' }))).toBe('5.7.1 → 5.8.0');
  });
});
