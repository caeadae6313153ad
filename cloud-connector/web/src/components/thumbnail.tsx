import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import classes from '@/components/thumbnail.module.css';
import { etagOf } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';

type Props = {
  readonly gatewayId: string;
  readonly id: string;
  readonly name: string;
  readonly size: 'small' | 'large';
  /** Changes when there may be a newer picture. */
  readonly turn: number;
};

/** The newest picture of a device, or a sign that there is none. It is fetched only when it is another one. */
export function Thumbnail({ gatewayId, id, name, size, turn }: Props) {
  const { t } = useI18n();
  const path = `/api/v1/devices/${encodeURIComponent(gatewayId)}/${encodeURIComponent(id)}/thumbnail`;
  const { data: version } = useQuery({
    queryKey: ['thumbnail', path, turn],
    queryFn: () => etagOf(path),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const [broken, setBroken] = useState<string | null>(null);
  if (typeof version !== 'string' || broken === version) {
    return (
      <span className={classes.box} data-size={size} data-testid="no-picture" title={t('camera.noPicture')}>
        <Icon name="camera" size={size === 'small' ? 16 : 32} />
        {size === 'large' && version !== undefined && t('camera.noPicture')}
      </span>
    );
  }
  return (
    <img
      className={classes.box}
      data-size={size}
      data-testid="thumbnail"
      decoding="async"
      alt={t('camera.pictureOf', { name })}
      src={`${path}?v=${encodeURIComponent(version)}`}
      onError={() => {
        setBroken(version);
      }}
    />
  );
}
