import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '@/components/api-problem';
import classes from '@/components/media-player.module.css';
import { Notice } from '@/components/notice';
import { type ApiError, Unavailable } from '@/lib/api-client';
import { useI18n } from '@/lib/i18n/i18n-context';
import type { Result } from '@/lib/result';

type Props = {
  readonly name: string;
  readonly mediaType: string;
  readonly cacheKey: string;
  /** Makes an address for it, good for some minutes. */
  readonly address: () => Promise<Result<{ readonly url: string }, ApiError>>;
  /** What to say when the browser can't play it. */
  readonly unplayable?: string;
};

/** A video that can be wound, or a picture. */
export function MediaPlayer({ name, mediaType, cacheKey, address, unplayable }: Props) {
  const { t } = useI18n();
  const [broken, setBroken] = useState(false);
  const link = useQuery({
    queryKey: ['media', cacheKey],
    queryFn: async () => {
      const made = await address();
      if (!made.ok) {
        throw new Unavailable(made.error);
      }
      return made.value.url;
    },
    gcTime: 0,
    staleTime: Infinity,
  });
  if (link.error instanceof Unavailable) {
    return <ApiProblem error={link.error.reason} />;
  }
  if (link.data === undefined) {
    return <Loader aria-label={t('table.loading')} />;
  }
  if (!mediaType.startsWith('video/')) {
    return <img className={classes.media} src={link.data} alt={name} data-testid="picture" />;
  }
  return (
    <>
      {broken && unplayable !== undefined && (
        <Notice tone="warn" icon="alert" role="status">
          {unplayable}
        </Notice>
      )}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- what a camera saw has no words to write down */}
      <video
        className={classes.media}
        src={link.data}
        controls
        preload="metadata"
        data-testid="player"
        aria-label={name}
        onError={() => {
          setBroken(true);
        }}
      />
    </>
  );
}
