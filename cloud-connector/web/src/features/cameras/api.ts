import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '@/lib/api-client';
import type { Device } from '@/lib/commands/run-command';
import type { JsonObject } from '@/lib/json';

/** Something that happened to a camera. Times are ISO-8601 UTC. */
export type CameraEvent = {
  readonly at: string;
  /** Such as camera_motion, or alarm. */
  readonly kind: string;
  readonly receivedAt: string;
  readonly values: JsonObject;
};

type Page = { readonly items: readonly CameraEvent[]; readonly next: string | null };

const PAGE = 20;
const LIVE_MS = 5_000;

/** What happened to a camera, newest first; asked for again every few seconds as long as nobody turns pages. */
export function useEvents(camera: Device) {
  return useInfiniteQuery({
    queryKey: ['events', camera.gatewayId, camera.id],
    queryFn: ({ pageParam }) => {
      const parameters = new URLSearchParams({ limit: String(PAGE) });
      if (pageParam !== null) {
        parameters.set('before', pageParam);
      }
      const path = `${encodeURIComponent(camera.gatewayId)}/${encodeURIComponent(camera.id)}`;
      return get<Page>(`/api/v1/devices/${path}/events?${parameters}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : LIVE_MS),
  });
}
