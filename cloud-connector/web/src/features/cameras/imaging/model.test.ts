import { describe, expect, test } from 'vitest';
import { changed, settingsOf } from '@/features/cameras/imaging/model';

const OPTIONS = {
  Brightness: { Min: 0, Max: 100 },
  Contrast: { Min: 0, Max: 1 },
  Sharpness: {},
  IrCutFilterModes: ['ON', 'OFF', 'AUTO'],
  Exposure: { Mode: 'AUTO' },
  Focus: { AutoFocusModes: ['AUTO', 'MANUAL'] },
};
const SETTINGS = { Brightness: 55, Contrast: 0.5, IrCutFilter: 'AUTO', Focus: { AutoFocusMode: 'MANUAL' } };

describe('imaging settings', () => {
  const settings = settingsOf(OPTIONS, SETTINGS);

  test('are those that the camera offers, with their ranges and words', () => {
    expect(settings).toEqual([
      { kind: 'level', name: 'brightness', min: 0, max: 100, step: 1, value: 55 },
      { kind: 'level', name: 'contrast', min: 0, max: 1, step: 0.01, value: 0.5 },
      { kind: 'mode', name: 'ir_cut_filter', words: ['ON', 'OFF', 'AUTO'], value: 'AUTO' },
      { kind: 'mode', name: 'focus', words: ['AUTO', 'MANUAL'], value: 'MANUAL' },
    ]);
  });

  test('are sent only when they were changed', () => {
    expect(changed(settings, { brightness: 55, ir_cut_filter: 'ON' })).toEqual({ ir_cut_filter: 'ON' });
    expect(changed(settings, {})).toEqual({});
  });
});
