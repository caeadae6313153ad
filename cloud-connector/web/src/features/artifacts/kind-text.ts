import type { MessageKey } from '@/lib/i18n/translate';

const TEXTS: Readonly<Record<string, MessageKey>> = {
  log: 'kind.log',
  snapshot: 'kind.snapshot',
  clip: 'kind.clip',
  video: 'kind.video',
  recording: 'kind.recording',
};

/** What a file is, in words. */
export function kindText(kind: string): MessageKey {
  return TEXTS[kind] ?? 'kind.other';
}
