import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import classes from '@/features/cameras/components/cameras.module.css';
import { type Bucket, curveOf, subjectOf } from '@/features/cameras/figures';
import { get, Unavailable } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { useMinute } from '@/lib/time/use-minute';

type Props = { readonly camera: Device; readonly className: string };

const DAY_MS = 86_400_000;
const BUCKET_SECONDS = 900;
const BUCKET_MS = BUCKET_SECONDS * 1_000;
const FRESH_MS = 60_000;

/** How a camera was over the last day. */
export function FiguresPanel({ camera, className }: Props) {
  const { t } = useI18n();
  return (
    <section className={className} aria-labelledby="figures" data-testid="figures">
      <Title order={2} size="h5" id="figures" mb="xs">
        {t('metrics.title')}
      </Title>
      <div className={classes.charts}>
        <Chart camera={camera} metric="latency.ms" title={t('metrics.latency')} unit="ms" />
        <Chart camera={camera} metric="clock.ahead.ms" title={t('metrics.clock')} unit="ms" />
        <Chart camera={camera} metric="reachable" title={t('metrics.reachable')} unit="%" />
      </div>
    </section>
  );
}

function Chart({
  camera,
  metric,
  title,
  unit,
}: {
  readonly camera: Device;
  readonly metric: string;
  readonly title: string;
  readonly unit: string;
}) {
  const { t } = useI18n();
  // whole buckets, so that the same are asked for again
  const to = (Math.floor(useMinute() / BUCKET_MS) + 1) * BUCKET_MS;
  const from = to - DAY_MS;
  const buckets = useQuery({
    queryKey: ['metrics', 'history', camera.gatewayId, camera.id, metric, to],
    queryFn: () => history(camera, metric, from, to),
    staleTime: FRESH_MS,
  });
  const curve = curveOf(buckets.data ?? [], from, to, BUCKET_MS);
  const round = (value: number) => Math.round(value);
  return (
    <div className={classes.chart} data-testid={`chart-${metric}`}>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {curve && <path d={curve.area} />}
      </svg>
      <Text size="xs" c="var(--console-text-2)">
        {curve === null
          ? t('metrics.none')
          : unit === '%'
            ? t('metrics.share', { percent: round(shareOf(buckets.data ?? []) * 100) })
            : t('metrics.range', {
                min: round(curve.min),
                max: round(curve.max),
                latest: round(curve.latest),
                unit,
              })}
      </Text>
    </div>
  );
}

/** A series that does not exist has no values. */
async function history(camera: Device, metric: string, from: number, to: number): Promise<readonly Bucket[]> {
  const parameters = new URLSearchParams({
    gateway: camera.gatewayId,
    subject: subjectOf(camera.id),
    metric,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    bucket: String(BUCKET_SECONDS),
  });
  try {
    const answer = await get<{ readonly buckets?: readonly Bucket[] }>(`/api/v1/metrics?${parameters}`);
    return answer.buckets ?? [];
  } catch (error) {
    if (error instanceof Unavailable && error.reason.kind === 'refused' && error.reason.status === 404) {
      return [];
    }
    throw error;
  }
}

/** How often it was so, of all the times that somebody looked. */
function shareOf(buckets: readonly Bucket[]): number {
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const yes = buckets.reduce((sum, bucket) => sum + (bucket.avg ?? 0) * bucket.count, 0);
  return count === 0 ? 0 : yes / count;
}
