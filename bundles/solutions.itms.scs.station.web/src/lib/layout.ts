export type Layout = { columns: number; width: number; height: number; scrolls: boolean };

const ASPECT = 1.3;
const MAX_WIDTH = 460;
const MAX_HEIGHT = 300;

/**
 * Lays out so many tiles in a room of this size, all of them to be seen at once and as large as can be. Where they would
 * be smaller than can be read or touched, they keep the least size, and the room scrolls.
 */
export function layOut(
  count: number,
  room: { width: number; height: number },
  gap: number,
  least: { width: number; height: number },
): Layout {
  let best: Layout | null = null;
  let bestSize = 0;
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const width = Math.min(MAX_WIDTH, (room.width - gap * (columns - 1)) / columns);
    const height = Math.min(MAX_HEIGHT, (room.height - gap * (rows - 1)) / rows);
    const size = Math.min(width / ASPECT, height);
    if (width >= least.width && height >= least.height && size > bestSize) {
      best = { columns, width: Math.floor(width), height: Math.floor(height), scrolls: false };
      bestSize = size;
    }
  }
  if (best) {
    return best;
  }
  const columns = Math.max(1, Math.floor((room.width + gap) / (least.width + gap)));
  const width = Math.floor((room.width - gap * (columns - 1)) / columns);
  return { columns, width, height: least.height, scrolls: true };
}
