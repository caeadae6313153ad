import { useEffect, useState } from 'preact/hooks';
import { translator, type Language } from '@/i18n/translate';
import { api } from '@/lib/api';
import type { Feed } from '@/lib/feed';
import { orderBody, type Entered, type Scope, type Wanted } from '@/lib/order';
import { dateTime, timeOfDay } from '@/lib/time';
import { followVersion } from '@/lib/version';
import type { Device } from '@/lib/types';
import { BoardPage } from '@/board/board-page';
import { Confirm } from '@/control/confirm';
import { EmergencyBanner } from '@/control/emergency-banner';
import { failureText } from '@/control/failure-text';
import { AuditPage } from '@/pages/audit-page';
import { CheckPage } from '@/pages/check-page';
import { LogsPage } from '@/pages/logs-page';
import { ConnectionBanner } from '@/ui/connection-banner';
import { Context } from '@/ui/context';
import { Header, PAGES, type Page, type Theme } from '@/ui/header';
import { useHash, usePicture, useStored } from '@/ui/hooks';
import { isKiosk, useFullScreen } from '@/ui/kiosk';
import { Toast, type Note } from '@/ui/toast';

type Question = { scope: Scope; wanted: Wanted };

const ENTER_EMERGENCY: Wanted = { kind: 'operation', operation: 'emergency' };
const NOT_ASKED: Entered = { confirmed: true, reason: '', pin: '', otherwise: null };

/** The whole screen. */
export function App({ feed, asked }: { feed: Feed; asked: Language | null }) {
  const picture = usePicture(feed);
  const [stored, setLanguage] = useStored<Language>('scs-language', preferred());
  const [theme, setTheme] = useStored<Theme>('scs-theme', 'auto');
  const [override, setOverride] = useState(asked);
  const [hash, goTo] = useHash();
  const [question, setQuestion] = useState<Question | null>(null);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [note, setNote] = useState<Note | null>(null);
  const [select, setSelect] = useState<{ ids: string[] } | null>(null);

  const language = override ?? stored;
  const t = translator(language);
  const { model, connected } = picture;
  const station = model?.station;
  const kiosk = isKiosk(station?.fullScreen ?? false);
  const name = language === 'th' ? station?.nameTh || station?.nameEn : station?.nameEn || station?.nameTh;
  const offered = model?.screen ?? '';
  useFullScreen(kiosk);
  useEffect(() => {
    followVersion(offered);
  }, [offered]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.classList.toggle('kiosk', kiosk);
    document.title = name ? t('app.title', { name }) : t('app.noName');
  });

  const now = feed.stationNow();
  const zone = station?.zone ?? 'UTC';
  if (!model) {
    return (
      <>
        {feed.isLate() && <ConnectionBanner t={t} stationMillis={0} now={now} zone={zone} />}
        <p class="loading">{t('app.loading')}</p>
      </>
    );
  }

  const [first = '', second = ''] = hash.split('/');
  const page: Page = PAGES.find((each) => each === first) ?? 'board';
  const fail = (problem: unknown) => {
    setNote({ tone: 'failure', text: failureText(t, problem) });
  };
  const send = (scope: Scope, wanted: Wanted, entered: Entered) =>
    api.control(orderBody(scope, wanted, entered));
  const stored200 = (count: number) => {
    setNote({ tone: 'done', text: t('done.count', { n: count, time: timeOfDay(now, zone) }) });
  };
  const ask = (scope: Scope, wanted: Wanted) => {
    setFailure(null);
    setQuestion({ scope, wanted });
  };
  const confirm = (entered: Entered) => {
    if (question) {
      setSending(true);
      send(question.scope, question.wanted, entered)
        .then(
          ({ count }) => {
            setQuestion(null);
            stored200(count);
          },
          (problem: unknown) => {
            setFailure(failureText(t, problem));
          },
        )
        .finally(() => {
          setSending(false);
        });
    }
  };
  const emergency = () => {
    send({ station: true, devices: [], label: '' }, ENTER_EMERGENCY, NOT_ASKED).then(({ count }) => {
      stored200(count);
    }, fail);
  };
  const devices: Device[] = [...model.devices.values()];

  return (
    <Context.Provider value={{ t, language, model, connected, now }}>
      <div class={`app page-${page} ${connected ? '' : 'stale'}`}>
        {!connected && <ConnectionBanner t={t} stationMillis={picture.stationMillis} now={now} zone={zone} />}
        <Header
          page={page}
          kiosk={kiosk}
          theme={theme}
          onTheme={setTheme}
          onLanguage={(next) => {
            setOverride(null);
            setLanguage(next);
          }}
          onEmergency={emergency}
        />
        <EmergencyBanner
          devices={devices}
          onEnd={(of) => {
            goTo('board');
            setSelect({ ids: of.map((device) => device.id) });
          }}
        />
        <main title={connected ? undefined : dateTime(picture.stationMillis, zone)}>
          {page === 'board' && <BoardPage onWant={ask} onFailure={fail} asked={select} />}
          {page === 'logs' && <LogsPage key={second} device={decoded(second)} />}
          {page === 'audit' && <AuditPage />}
          {page === 'check' && <CheckPage />}
        </main>
        {question && (
          <Confirm
            key={`${question.scope.label} ${JSON.stringify(question.wanted)}`}
            scope={current(question.scope, model.devices)}
            wanted={question.wanted}
            sending={sending}
            failure={failure}
            onConfirm={confirm}
            onClose={() => {
              setQuestion(null);
            }}
          />
        )}
        <Toast
          note={note}
          onClose={() => {
            setNote(null);
          }}
        />
      </div>
    </Context.Provider>
  );
}

/** The same devices as they are by now: while a question is open, others may set something, too. */
function current(scope: Scope, devices: ReadonlyMap<string, Device>): Scope {
  const now = scope.station
    ? [...devices.values()]
    : scope.devices.map((device) => devices.get(device.id) ?? device);
  return { ...scope, devices: now };
}

/** An id out of the address; what somebody has typed there need not be well encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function preferred(): Language {
  return navigator.language.toLowerCase().startsWith('th') ? 'th' : 'en';
}
