import { type Json, type JsonObject, numberOf, objectOf, textOf } from '@/lib/json';

/** The parameters of camera_set_imaging with the places of their values in what the camera tells. */
const LEVELS = {
  brightness: 'Brightness',
  contrast: 'Contrast',
  saturation: 'ColorSaturation',
  sharpness: 'Sharpness',
} as const;
const MODES = {
  ir_cut_filter: { value: ['IrCutFilter'], options: ['IrCutFilterModes'] },
  exposure: { value: ['Exposure', 'Mode'], options: ['Exposure', 'Mode'] },
  wide_dynamic_range: { value: ['WideDynamicRange', 'Mode'], options: ['WideDynamicRange', 'Mode'] },
  backlight: { value: ['BacklightCompensation', 'Mode'], options: ['BacklightCompensation', 'Mode'] },
  white_balance: { value: ['WhiteBalance', 'Mode'], options: ['WhiteBalance', 'Mode'] },
  focus: { value: ['Focus', 'AutoFocusMode'], options: ['Focus', 'AutoFocusModes'] },
} as const;

export type Level = {
  readonly kind: 'level';
  readonly name: keyof typeof LEVELS;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number | null;
};
export type Mode = {
  readonly kind: 'mode';
  readonly name: keyof typeof MODES;
  readonly words: readonly string[];
  readonly value: string | null;
};
export type Setting = Level | Mode;

/** What was changed, by parameter. */
export type Changes = Readonly<Partial<Record<Setting['name'], number | string>>>;

const STEPS = 100;

/** The settings that a camera has, with what can be set and what is set; nothing that it did not tell. */
export function settingsOf(options: JsonObject, settings: JsonObject): readonly Setting[] {
  const levels = (Object.keys(LEVELS) as (keyof typeof LEVELS)[]).flatMap((name): Setting[] => {
    const range = objectOf(options[LEVELS[name]]);
    const [min, max] = [numberOf(range['Min']), numberOf(range['Max'])];
    if (min === null || max === null || min >= max) {
      return [];
    }
    const step = Number.isInteger(min) && Number.isInteger(max) && max - min >= 10 ? 1 : (max - min) / STEPS;
    return [{ kind: 'level', name, min, max, step, value: numberOf(settings[LEVELS[name]]) }];
  });
  const modes = (Object.keys(MODES) as (keyof typeof MODES)[]).flatMap((name): Setting[] => {
    const words = wordsOf(at(options, MODES[name].options));
    return words.length < 2
      ? []
      : [{ kind: 'mode', name, words, value: textOf(at(settings, MODES[name].value)) }];
  });
  return [...levels, ...modes];
}

/** Only what is not as it was. */
export function changed(settings: readonly Setting[], edited: Changes): Changes {
  return Object.fromEntries(
    settings.flatMap(({ name, value }) => {
      const now = edited[name];
      return now === undefined || now === value ? [] : [[name, now]];
    }),
  );
}

function at(tree: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => objectOf(value)[step], tree);
}

/** One word stands alone, several are a list; true and false are words here as well. */
function wordsOf(value: Json | undefined): readonly string[] {
  const all = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return all.flatMap((one) => (typeof one === 'string' ? [one] : []));
}
