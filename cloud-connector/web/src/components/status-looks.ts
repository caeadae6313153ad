import type { IconName } from '@/components/icon';
import type { MessageKey } from '@/lib/i18n/translate';

/** How bad it is, which decides the colour; the icon and the word say it without colour. */
export type Tone = 'good' | 'busy' | 'bad' | 'warn' | 'quiet';

export type StatusLook = {
  readonly label: MessageKey;
  readonly hint: MessageKey;
  readonly icon: IconName;
  readonly tone: Tone;
};

export type StatusLooks = Readonly<Partial<Record<string, StatusLook>>>;

export const GATE_LOOKS: StatusLooks = {
  online: { label: 'status.online', hint: 'gateHint.online', icon: 'check', tone: 'good' },
  maintenance: { label: 'status.maintenance', hint: 'gateHint.maintenance', icon: 'wrench', tone: 'busy' },
  fault: { label: 'status.fault', hint: 'gateHint.fault', icon: 'alert', tone: 'bad' },
  offline: { label: 'status.offline', hint: 'gateHint.offline', icon: 'unplugged', tone: 'warn' },
  unknown: { label: 'status.unknown', hint: 'gateHint.unknown', icon: 'question', tone: 'quiet' },
};

export const GATEWAY_LOOKS: StatusLooks = {
  online: { label: 'status.online', hint: 'gatewayHint.online', icon: 'check', tone: 'good' },
  disconnected: {
    label: 'status.disconnected',
    hint: 'gatewayHint.disconnected',
    icon: 'stopped',
    tone: 'warn',
  },
  missing: { label: 'status.missing', hint: 'gatewayHint.missing', icon: 'lost', tone: 'bad' },
  never_seen: { label: 'status.never_seen', hint: 'gatewayHint.never_seen', icon: 'dash', tone: 'quiet' },
};
