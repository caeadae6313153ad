import type { StatusLooks } from '@/components/status-looks';

/** How the states of recordings look. */
export const RECORDING_LOOKS: StatusLooks = {
  requested: { label: 'recording.requested', hint: 'recordingHint.requested', icon: 'clock', tone: 'quiet' },
  running: { label: 'recording.running', hint: 'recordingHint.running', icon: 'play', tone: 'busy' },
  awaiting_upload: {
    label: 'recording.awaiting_upload',
    hint: 'recordingHint.awaiting_upload',
    icon: 'up',
    tone: 'busy',
  },
  ready: { label: 'recording.ready', hint: 'recordingHint.ready', icon: 'check', tone: 'good' },
  failed: { label: 'recording.failed', hint: 'recordingHint.failed', icon: 'alert', tone: 'bad' },
};
