import type { StatusLooks } from '@/components/status-looks';

/** How the states of fleet commands look. */
export const FLEET_LOOKS: StatusLooks = {
  PENDING_APPROVAL: {
    label: 'command.state.PENDING_APPROVAL',
    hint: 'commandHint.PENDING_APPROVAL',
    icon: 'user',
    tone: 'warn',
  },
  RUNNING: { label: 'fleet.state.RUNNING', hint: 'fleetHint.RUNNING', icon: 'play', tone: 'busy' },
  PAUSED: { label: 'fleet.state.PAUSED', hint: 'fleetHint.PAUSED', icon: 'clock', tone: 'warn' },
  STOPPED: { label: 'fleet.state.STOPPED', hint: 'fleetHint.STOPPED', icon: 'alert', tone: 'bad' },
  CANCELLED: {
    label: 'command.state.CANCELLED',
    hint: 'fleetHint.CANCELLED',
    icon: 'stopped',
    tone: 'quiet',
  },
  REJECTED: { label: 'command.state.REJECTED', hint: 'fleetHint.REJECTED', icon: 'close', tone: 'bad' },
  EXPIRED: { label: 'command.state.EXPIRED', hint: 'commandHint.EXPIRED', icon: 'clock', tone: 'quiet' },
  DONE: { label: 'fleet.state.DONE', hint: 'fleetHint.DONE', icon: 'check', tone: 'good' },
};
