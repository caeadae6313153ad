import { useMemo, useState } from 'react';
import { Notice } from '@/components/notice';
import { type Probe, probeOf } from '@/features/recordings/api/search';
import { USUAL_LIMITS } from '@/features/recordings/check-pick';
import { ExportPanel } from '@/features/recordings/components/export-panel';
import { RecorderHealth } from '@/features/recordings/components/recorder-health';
import { type Pick, RecorderTimeline } from '@/features/recordings/components/recorder-timeline';
import { RecordingsList } from '@/features/recordings/components/recordings-list';
import type { Device } from '@/lib/commands/run-command';
import { useResult } from '@/lib/commands/use-result';
import { useI18n } from '@/lib/i18n/i18n-context';
import { clockText, isClockWrong } from '@/lib/time/clock-text';
import { useMinute } from '@/lib/time/use-minute';

type Props = {
  readonly nvr: Device;
  readonly mayAsk: boolean;
  readonly viewer: { readonly username: string; readonly role: string };
  readonly panelClass: string;
};

const NOTHING = {} as const;
const NO_CHANNELS: Probe['channels'] = [];

/** Everything about a recorder's recordings: how it is, what it has, and what was taken out of it. */
export function RecorderPanels({ nvr, mayAsk, viewer, panelClass }: Props) {
  const { t } = useI18n();
  const now = useMinute();
  const [pick, setPick] = useState<Pick | null>(null);
  const asked = useResult(nvr, 'nvr_probe', NOTHING, mayAsk);
  const result = asked.data?.result;
  const probe = useMemo(() => (result === undefined ? null : probeOf(result)), [result]);
  const channels = probe?.channels ?? NO_CHANNELS;
  const limits = useMemo(
    () => ({
      longest: (probe?.clipSeconds ?? USUAL_LIMITS.longest / 1_000) * 1_000,
      bytes: probe?.clipBytes ?? USUAL_LIMITS.bytes,
    }),
    [probe],
  );
  const skew = probe?.clockAheadMillis ?? null;
  return (
    <>
      {isClockWrong(skew) && (
        <Notice tone="warn" icon="clock" role="status">
          {t('nvr.clockWrong', { how: clockText(skew, t) })}
        </Notice>
      )}
      <div className={panelClass}>
        <RecorderTimeline
          nvr={nvr}
          mayAsk={mayAsk}
          channels={channels}
          now={now}
          pick={pick}
          onPick={setPick}
        >
          {(known, channels) =>
            mayAsk &&
            channels.length > 0 && (
              <ExportPanel
                nvr={nvr}
                channels={channels}
                known={known}
                pick={pick}
                limits={limits}
                now={now}
                onPick={setPick}
              />
            )
          }
        </RecorderTimeline>
      </div>
      <RecordingsList nvr={nvr} viewer={viewer} channels={channels} className={panelClass} />
      <RecorderHealth asked={asked} mayAsk={mayAsk} className={panelClass} />
    </>
  );
}
