import { Age } from '@/components/age';
import type { Column } from '@/components/data-table/column';
import { DeviceLink } from '@/components/device-link';
import { StatusBadge } from '@/components/status-badge';
import { Thumbnail } from '@/components/thumbnail';
import type { Device } from '@/features/devices/api';
import { DEVICE_LOOKS, DEVICE_STATUSES, type DeviceKind, devicePath } from '@/features/devices/device-looks';
import type { Translate } from '@/lib/i18n/translate';
import { severity } from '@/lib/live/types';

export const DEVICE_SORTS = [
  'id',
  'status',
  'gateway',
  'model',
  'profile',
  'firmware',
  'address',
  'lastSeen',
];
export const DEVICE_CARD = ['id status', 'model lastSeen'];
export const CAMERA_CARD = ['picture id status', 'picture model lastSeen'];

type Options = {
  readonly kind: DeviceKind;
  /** Changes when pictures may be newer. */ readonly turn: number;
};

export function deviceColumns(t: Translate, { kind, turn }: Options): readonly Column<Device>[] {
  return [
    ...(kind === 'CAMERA' ? [pictureColumn(t, turn)] : []),
    {
      id: 'id',
      label: t('devices.name'),
      width: 'minmax(8rem, 1.4fr)',
      sortValue: (device) => device.name ?? device.id,
      cell: (device) => (
        <DeviceLink to={devicePath(kind, device.gatewayId, device.id)} id={device.id}>
          <strong title={device.id}>{device.name ?? device.id}</strong>
        </DeviceLink>
      ),
    },
    {
      id: 'status',
      label: t('gateways.status'),
      width: '9rem',
      cardEnd: true,
      sortValue: (device) => severity(DEVICE_STATUSES, device.status),
      cell: (device) => <StatusBadge status={device.status} looks={DEVICE_LOOKS} />,
    },
    {
      id: 'gateway',
      label: t('gateways.id'),
      width: 'minmax(6rem, 1fr)',
      showFrom: 620,
      sortValue: (device) => device.gatewayId,
      cell: (device) => device.gatewayId,
    },
    {
      id: 'model',
      label: t('devices.model'),
      width: 'minmax(8rem, 1.2fr)',
      sortValue: (device) => modelOf(device),
      cell: (device) => modelOf(device),
    },
    {
      id: 'profile',
      label: t('devices.profiles'),
      width: 'minmax(6rem, 1fr)',
      showFrom: 1_180,
      sortValue: (device) => device.profiles.join(', '),
      cell: (device) => device.profiles.join(', ') || '–',
    },
    {
      id: 'firmware',
      label: t('devices.firmware'),
      width: 'minmax(6rem, 1fr)',
      showFrom: 900,
      sortValue: (device) => device.firmware,
      cell: (device) => device.firmware ?? '–',
    },
    {
      id: 'address',
      label: t('devices.address'),
      width: 'minmax(8rem, 1fr)',
      showFrom: 1040,
      sortValue: (device) => device.address,
      cell: (device) => device.address ?? '–',
    },
    {
      id: 'lastSeen',
      label: t('gateways.lastSeen'),
      width: 'minmax(7.5rem, 1fr)',
      cardEnd: true,
      sortValue: (device) => device.lastSeen,
      cell: (device) => <Age at={device.lastSeen} ago />,
    },
  ];
}

function pictureColumn(t: Translate, turn: number): Column<Device> {
  return {
    id: 'picture',
    label: t('devices.picture'),
    width: '4.6rem',
    cell: (device) => (
      <Thumbnail
        gatewayId={device.gatewayId}
        id={device.id}
        name={device.name ?? device.id}
        size="small"
        turn={turn}
      />
    ),
  };
}

export function modelOf(device: Device): string {
  const words = [device.manufacturer, device.model].filter((word) => word !== null);
  return words.length === 0 ? '–' : words.join(' ');
}
