import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Moment } from '@/components/moment';
import { AskedPanel } from '@/features/cameras/components/asked-panel';
import classes from '@/features/cameras/components/cameras.module.css';
import { type Latest, latestOf, subjectOf } from '@/features/cameras/figures';
import { get } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import { useI18n } from '@/lib/i18n/i18n-context';
import { type JsonObject, numberOf, textOf } from '@/lib/json';
import { clockText } from '@/lib/time/clock-text';

type Props = { readonly camera: Device; readonly mayAsk: boolean; readonly className: string };

const EVERY_MS = 30_000;
const NOTHING = {} as const;

/** How a camera was at its gateway's last look, and now if somebody asks. */
export function CameraHealth({ camera, mayAsk, className }: Props) {
  const { t } = useI18n();
  const latest = useQuery({
    queryKey: ['metrics', 'latest', camera.gatewayId],
    queryFn: () =>
      get<readonly Latest[]>(`/api/v1/metrics/latest?${new URLSearchParams({ gateway: camera.gatewayId })}`),
    refetchInterval: EVERY_MS,
  });
  const told = latestOf(latest.data ?? [], subjectOf(camera.id));
  return (
    <>
      <section className={className} aria-labelledby="health" data-testid="health">
        <Title order={2} size="h5" id="health" mb="xs">
          {t('camera.health')}
        </Title>
        <Facts
          reachable={told['reachable']?.value}
          millis={numberOf(told['latency.ms']?.value)}
          clock={numberOf(told['clock.ahead.ms']?.value)}
          reason={textOf(told['reason']?.value)}
        >
          <div>
            <dt>{t('run.askedAt')}</dt>
            <dd>
              <Moment at={told['reachable']?.at ?? null} />
            </dd>
          </div>
        </Facts>
      </section>
      {mayAsk && (
        <AskedPanel
          camera={camera}
          command="camera_probe"
          params={NOTHING}
          title={t('camera.probe')}
          ask={t('run.again')}
          className={className}
        >
          {(result) => <Probed result={result} />}
        </AskedPanel>
      )}
    </>
  );
}

function Probed({ result }: { readonly result: JsonObject }) {
  return (
    <Facts
      reachable={result['reachable']}
      millis={numberOf(result['millis'])}
      clock={numberOf(result['clockAheadMillis'])}
      reason={textOf(result['reason'])}
    />
  );
}

function Facts({
  reachable,
  millis,
  clock,
  reason,
  children,
}: {
  readonly reachable: unknown;
  readonly millis: number | null;
  readonly clock: number | null;
  readonly reason: string | null;
  readonly children?: ReactNode;
}) {
  const { t } = useI18n();
  const answer = millis === null ? t('nvr.yes') : t('nvr.reachableIn', { ms: Math.round(millis) });
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('nvr.reachable')}</dt>
        <dd>{reachable === undefined ? '–' : reachable === true ? answer : t('nvr.notReachable')}</dd>
      </div>
      <div>
        <dt>{t('nvr.clock')}</dt>
        <dd>{clockText(clock, t)}</dd>
      </div>
      {reason !== null && (
        <div>
          <dt>{t('command.reason')}</dt>
          <dd>{reason}</dd>
        </div>
      )}
      {children}
    </dl>
  );
}
