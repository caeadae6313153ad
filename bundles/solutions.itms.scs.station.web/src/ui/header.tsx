import { useState } from 'preact/hooks';
import type { Language } from '@/i18n/translate';
import { timeOfDay } from '@/lib/time';
import { EmergencyButton } from '@/control/emergency-button';
import { Summary } from '@/board/summary';
import { useScreen } from './context';
import { AlarmIcon, MenuIcon, UnknownIcon } from './icons';

export const PAGES = ['board', 'logs', 'audit', 'check'] as const;
export type Page = (typeof PAGES)[number];
export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

type Props = {
  page: Page;
  kiosk: boolean;
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onLanguage: (language: Language) => void;
  onEmergency: () => void;
};

/** Where one is, what time it is, how the gates are on the whole, and the way to an emergency. */
export function Header({ page, kiosk, theme, onTheme, onLanguage, onEmergency }: Props) {
  const { t, model, language, now } = useScreen();
  const [menu, setMenu] = useState(false);
  const devices = [...model.devices.values()];
  const shown = !kiosk || menu;
  return (
    <header class="header">
      <div class="header-bar">
        <Title />
        <Summary devices={devices} />
        <div class="header-time">
          <ClockMark />
          <time data-testid="time">{timeOfDay(now, model.station.zone)}</time>
        </div>
        <button
          type="button"
          class={`plain square menu-button ${kiosk ? 'in-kiosk' : ''}`}
          aria-label={t('app.menu')}
          aria-expanded={menu}
          data-testid="menu"
          onClick={() => {
            setMenu(!menu);
          }}
        >
          <MenuIcon />
        </button>
        {model.station.mayControl && <EmergencyButton devices={devices.length} onEmergency={onEmergency} />}
      </div>
      {shown && (
        <nav class={`nav ${menu ? 'open' : ''}`} aria-label={t('nav.label')}>
          {PAGES.map((each) => (
            <a
              key={each}
              href={`#${each}`}
              aria-current={each === page ? 'page' : undefined}
              data-testid={`nav-${each}`}
              onClick={() => {
                setMenu(false);
              }}
            >
              {t(`nav.${each}`)}
            </a>
          ))}
          <span class="nav-space" />
          <button
            type="button"
            class="nav-button"
            data-testid="theme"
            onClick={() => {
              onTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto');
            }}
          >
            {t('nav.theme', { theme: t(`theme.${theme}`) })}
          </button>
          <button
            type="button"
            class="nav-button"
            data-testid="language"
            lang={language === 'en' ? 'th' : 'en'}
            onClick={() => {
              onLanguage(language === 'en' ? 'th' : 'en');
            }}
          >
            {t('nav.language')}
          </button>
        </nav>
      )}
    </header>
  );
}

function Title() {
  const { t, model, language } = useScreen();
  const { nameEn, nameTh, id } = model.station;
  const name = language === 'th' ? nameTh || nameEn : nameEn || nameTh;
  return (
    <div class="title">
      <h1 data-testid="station-name">{name || t('app.noName')}</h1>
      {id && <span class="muted">{t('app.stationId', { id })}</span>}
    </div>
  );
}

/** Nothing while the station's clock is right. */
function ClockMark() {
  const { t, model } = useScreen();
  const { level, offsetMillis = 0 } = model.clock;
  if (level === 'ok') {
    return null;
  }
  const text = t(`clock.${level}`, { offset: (offsetMillis / 1000).toFixed(1) });
  return (
    <span class={`clock-mark clock-${level}`} title={`${text}: ${model.clock.source}`}>
      {level === 'drift' ? <AlarmIcon /> : <UnknownIcon />}
      <span class="clock-text">{text}</span>
    </span>
  );
}
