import type { ComponentChildren } from 'preact';
import { deliveryOf, isKeptOpen } from '@/lib/gates';
import { age, moment } from '@/lib/time';
import type { Device } from '@/lib/types';
import { useScreen } from '@/ui/context';
import { OpenIcon, OperationIcon, StatusIcon, WaitingIcon } from '@/ui/icons';

/** All that is known of one device. */
export function Detail({ device }: { device: Device }) {
  const { t, now, model } = useScreen();
  const zone = model.station.zone;
  const at = (text: string | undefined | null) => (text ? moment(Date.parse(text), now, zone) : '');
  const side = device.side === 'north' || device.side === 'south' ? t(`side.${device.side}`) : '';
  const address = device.deviceIp ?? '–';
  return (
    <section class="detail" data-testid={`detail-${device.id}`} aria-label={device.id}>
      <h3>
        <span class="detail-id">{device.id}</span> <span class="muted">{side}</span>
        <span class={`status-word status-${device.status}`}>
          <StatusIcon status={device.status} />
          {t(`status.${device.status}`)}
        </span>
      </h3>
      {device.message && <p class="message">{device.message}</p>}
      <dl>
        {device.reportedStatus && device.reportedStatus !== device.status && (
          <Row name={t('detail.reported')}>{t(`status.${device.reportedStatus}`)}</Row>
        )}
        <Row name={t('detail.heard')}>
          {device.receivedAt
            ? `${at(device.receivedAt)} · ${t('detail.ago', { age: age(now - Date.parse(device.receivedAt), t) })}`
            : t('detail.never')}
        </Row>
        {device.rejectedReason && (
          <Row name={t('detail.rejected')}>
            {at(device.rejectedAt)} {device.rejectedReason}
          </Row>
        )}
        <Row name={t('detail.operation')}>
          <span class={`value op-${device.operation ?? 'null'}`}>
            <OperationIcon operation={device.operation} />
            {t(`operation.${device.operation ?? 'null'}`)}
          </span>
          <Evidence device={device} what="operation" at={at} />
        </Row>
        <Row name={t('detail.aisleMode')}>
          <span class="value">{t(`aisle.${device.aisleMode ?? 'null'}`)}</span>
          {isKeptOpen(device) && (
            <span class="warning">
              <OpenIcon />
              {t('detail.keptOpen')}
            </span>
          )}
          <Evidence device={device} what="aisleMode" at={at} />
        </Row>
      </dl>
      <details class="more">
        <summary>{t('detail.more')}</summary>
        <dl>
          <Row name={t('detail.inserviceLast')}>{t(`operation.${device.inserviceLast ?? 'null'}`)}</Row>
          {device.lastHeartbeat && <Row name={t('detail.gateClock')}>{at(device.lastHeartbeat)}</Row>}
          <Row name={t('detail.address')}>
            {device.plannedIp && device.plannedIp !== device.deviceIp
              ? t('detail.addressPlanned', { ip: address, planned: device.plannedIp })
              : address}
          </Row>
          {device.sourceIp && device.sourceIp !== device.deviceIp && (
            <Row name={t('detail.source')}>{device.sourceIp}</Row>
          )}
          {device.type && <Row name={t('detail.type')}>{device.type}</Row>}
        </dl>
        <a class="link" href={`#logs/${encodeURIComponent(device.id)}`}>
          {t('detail.log', { id: device.id })}
        </a>
      </details>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type EvidenceProps = {
  device: Device;
  what: 'operation' | 'aisleMode';
  at: (text: string | undefined) => string;
};

/** What was requested when, and whether the gate has asked since: never more than that. */
function Evidence({ device, what, at }: EvidenceProps) {
  const { t } = useScreen();
  const delivery = deliveryOf(device, what);
  const polled = device[`${what}PolledAt`];
  if (delivery === 'none') {
    return null;
  }
  return (
    <span class={`evidence ${delivery}`} data-testid={`evidence-${what}-${device.id}`}>
      <span>
        {t('detail.requested', { time: at(device[`${what}RequestedAt`]) })} ·{' '}
        {polled ? t('detail.polled', { time: at(polled) }) : t('detail.neverPolled')}
      </span>
      <span class="evidence-verdict">
        {delivery === 'waiting' && <WaitingIcon />}
        {delivery === 'waiting'
          ? t('detail.waiting')
          : t('detail.delivered', { time: at(device[`${what}DeliveredAt`]) })}
      </span>
    </span>
  );
}
