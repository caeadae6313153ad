import { render } from 'preact';
import { App } from '@/app';
import { LANGUAGES } from '@/i18n/translate';
import { eventsUrl } from '@/lib/api';
import { Feed } from '@/lib/feed';
import '@/styles/index.css';

const root = document.getElementById('root');
if (root) {
  const asked = new URLSearchParams(location.search).get('lang');
  render(<App feed={new Feed(eventsUrl)} asked={LANGUAGES.find((each) => each === asked) ?? null} />, root);
}
