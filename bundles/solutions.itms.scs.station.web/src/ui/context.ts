import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { translator, type Language, type Translate } from '@/i18n/translate';
import type { Model } from '@/lib/model';

/** What every part of the screen needs. */
export type ScreenContext = {
  t: Translate;
  language: Language;
  model: Model;
  connected: boolean;
  /** The station's time now, as far as is known: it goes on while the station is not heard. */
  now: number;
};

export const Context = createContext<ScreenContext>({
  t: translator('en'),
  language: 'en',
  model: {
    screen: '',
    station: {
      id: '',
      nameEn: '',
      nameTh: '',
      address: '',
      zone: 'UTC',
      production: false,
      fullScreen: false,
      staleSeconds: 30,
      pinRequired: false,
      mayControl: false,
      groups: {},
    },
    devices: new Map(),
    alarms: [],
    clock: { level: 'unknown', source: '' },
  },
  connected: false,
  now: 0,
});

export const useScreen = (): ScreenContext => useContext(Context);
