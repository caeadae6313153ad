import { Anchor, Progress } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { MediaPlayer } from '@/components/media-player';
import { Moment } from '@/components/moment';
import { StatusBadge } from '@/components/status-badge';
import { addressOf, type Recording } from '@/features/recordings/api/recordings';
import { RecordingActions } from '@/features/recordings/components/recording-actions';
import classes from '@/features/recordings/components/recordings.module.css';
import { RECORDING_LOOKS } from '@/features/recordings/recording-looks';
import type { Device } from '@/lib/commands/run-command';
import { formatBytes } from '@/lib/format-bytes';
import { useI18n } from '@/lib/i18n/i18n-context';
import { numberOf, objectsOf, textOf, timeOf } from '@/lib/json';
import { formatAge } from '@/lib/time/format-age';
import { formatExact } from '@/lib/time/format-time';

type Props = {
  readonly nvr: Device;
  readonly recording: Recording;
  /** Of its channel. */
  readonly name: string | null;
  readonly viewer: { readonly username: string; readonly role: string };
};

const APPROVERS: readonly string[] = ['approver', 'admin'];

/** One clip: which stretch, for whom, how far it is, and what came of it. */
export function RecordingItem({ nvr, recording, name, viewer }: Props) {
  const { t } = useI18n();
  const [watching, setWatching] = useState(false);
  const { clip, command } = recording;
  const maySee = viewer.username === recording.requestedBy || APPROVERS.includes(viewer.role);
  return (
    <div className={classes.item} data-testid={`recording-${recording.id}`} data-state={recording.state}>
      <div className={classes.head}>
        <StatusBadge status={recording.state} looks={RECORDING_LOOKS} />
        <strong>{name ?? recording.channel ?? recording.recording}</strong>
        <Stretch from={recording.from} to={recording.to} />
        <span className={classes.quiet}>
          {t('recordings.by', { name: recording.requestedBy })}, <Moment at={recording.createdAt} />
        </span>
        <span className={classes.actions}>
          {recording.state === 'ready' && maySee && (
            <RecordingActions
              nvr={nvr}
              recording={recording}
              viewer={viewer}
              watching={watching}
              onWatch={() => {
                setWatching(!watching);
              }}
            />
          )}
          {command !== null && (
            <Anchor component={Link} size="xs" to={`/dashboard/commands/${encodeURIComponent(command.id)}`}>
              {t('recordings.command')}
            </Anchor>
          )}
        </span>
      </div>
      <Progressing recording={recording} />
      {recording.state === 'failed' && (
        <div data-tone="bad" className={classes.failure} data-testid="failure">
          {recording.reason} {recording.message !== null && `– ${recording.message}`}
        </div>
      )}
      {recording.state === 'ready' && !maySee && (
        <div className={classes.quiet}>{t('recordings.notYours', { name: recording.requestedBy })}</div>
      )}
      {recording.state === 'ready' && <Facts recording={recording} />}
      {watching && clip !== null && (
        <MediaPlayer
          name={clip.name}
          mediaType={clip.mediaType}
          cacheKey={recording.id}
          address={() => addressOf(recording.id, 'clip', false)}
          unplayable={t('recordings.unplayable', {
            codec: textOf(recording.result?.['codec']) ?? clip.mediaType,
          })}
        />
      )}
    </div>
  );
}

function Stretch({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  const { t, language } = useI18n();
  if (from === null || to === null) {
    return null;
  }
  const [start, end] = [new Date(from), new Date(to)];
  return (
    <span>
      {formatExact(start, language)} · {formatAge(end.getTime() - start.getTime(), t)}
    </span>
  );
}

/** How much of it is made, then how much of it is here. */
function Progressing({ recording: { state, command, clip } }: { readonly recording: Recording }) {
  const { t } = useI18n();
  if (state === 'running') {
    return (
      <div className={classes.progress}>
        <Progress value={command?.percent ?? 0} aria-label={t('command.progress')} />
        <span className={classes.quiet}>
          {command?.percent !== null && `${String(command?.percent ?? 0)} % `}
          {command?.text}
        </span>
      </div>
    );
  }
  if (state !== 'awaiting_upload') {
    return null;
  }
  const share = clip?.size ? (clip.received / clip.size) * 100 : 0;
  return (
    <div className={classes.progress}>
      <Progress value={share} aria-label={t('recordings.uploading')} />
      <span className={classes.quiet}>
        {t('recordings.uploading')}
        {clip?.size ? ` ${formatBytes(clip.received)} / ${formatBytes(clip.size)}` : ''}
      </span>
    </div>
  );
}

/** What the clip really holds, in the gateway's words. */
function Facts({ recording: { result, clip } }: { readonly recording: Recording }) {
  const { t, language } = useI18n();
  const [from, to] = [timeOf(result?.['from']), timeOf(result?.['to'])];
  const [frames, width, height] = [result?.['frames'], result?.['width'], result?.['height']].map(numberOf);
  const codec = textOf(result?.['codec']);
  const gaps = objectsOf(result?.['gaps']).length;
  const notes = Array.isArray(result?.['notes']) ? result['notes'].map(String) : [];
  const facts = [
    from !== null && to !== null
      ? t('recordings.real', {
          from: formatExact(new Date(from), language),
          to: formatExact(new Date(to), language),
        })
      : '',
    typeof frames === 'number' && codec !== null
      ? t('recordings.frames', { frames, codec, width: width ?? '?', height: height ?? '?' })
      : '',
    typeof clip?.size === 'number' ? formatBytes(clip.size) : '',
    gaps > 0 ? t('recordings.gaps', { count: gaps }) : '',
  ];
  return (
    <>
      <div className={classes.quiet}>{facts.filter((fact) => fact !== '').join(' · ')}</div>
      {(result?.['complete'] === false || notes.length > 0) && (
        <div className={classes.failure} data-tone="warn" data-testid="partial">
          {result?.['complete'] === false && <strong>{t('recordings.partial')}. </strong>}
          {notes.join(' ')}
        </div>
      )}
      {typeof clip?.sha256 === 'string' && (
        <div className={classes.quiet}>
          SHA-256 <code className={classes.sum}>{clip.sha256}</code>
        </div>
      )}
    </>
  );
}
