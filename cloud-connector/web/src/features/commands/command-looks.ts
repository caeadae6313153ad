import type { StatusLooks } from '@/components/status-looks';

/** How the states of commands look. */
export const COMMAND_LOOKS: StatusLooks = {
  PENDING_APPROVAL: {
    label: 'command.state.PENDING_APPROVAL',
    hint: 'commandHint.PENDING_APPROVAL',
    icon: 'user',
    tone: 'warn',
  },
  PENDING: { label: 'command.state.PENDING', hint: 'commandHint.PENDING', icon: 'clock', tone: 'quiet' },
  DISPATCHED: { label: 'command.state.DISPATCHED', hint: 'commandHint.DISPATCHED', icon: 'up', tone: 'busy' },
  RUNNING: { label: 'command.state.RUNNING', hint: 'commandHint.RUNNING', icon: 'play', tone: 'busy' },
  CANCELLING: {
    label: 'command.state.CANCELLING',
    hint: 'commandHint.CANCELLING',
    icon: 'stopped',
    tone: 'warn',
  },
  SUCCESS: { label: 'command.state.SUCCESS', hint: 'commandHint.SUCCESS', icon: 'check', tone: 'good' },
  FAILED: { label: 'command.state.FAILED', hint: 'commandHint.FAILED', icon: 'alert', tone: 'bad' },
  REJECTED: { label: 'command.state.REJECTED', hint: 'commandHint.REJECTED', icon: 'close', tone: 'bad' },
  TIMEOUT: { label: 'command.state.TIMEOUT', hint: 'commandHint.TIMEOUT', icon: 'clock', tone: 'bad' },
  CANCELLED: {
    label: 'command.state.CANCELLED',
    hint: 'commandHint.CANCELLED',
    icon: 'stopped',
    tone: 'quiet',
  },
  EXPIRED: { label: 'command.state.EXPIRED', hint: 'commandHint.EXPIRED', icon: 'clock', tone: 'quiet' },
  REMOVED: { label: 'command.state.REMOVED', hint: 'commandHint.REMOVED', icon: 'dash', tone: 'quiet' },
};
