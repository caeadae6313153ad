import type { Gate } from '@/lib/live/types';

/** A heartbeat takes well under a second to the station; this leaves room for a slow one and a coarse clock. */
const TOLERANCE_MS = 30_000;

/** By how much the gate's clock differs from the station's in ms, without sign; null when it doesn't, or nobody knows. */
export function clockSkewMs(gate: Pick<Gate, 'lastHeartbeat' | 'lastSeen'>): number | null {
  if (gate.lastHeartbeat === null || gate.lastSeen === null) {
    return null;
  }
  const skew = Math.abs(Date.parse(gate.lastHeartbeat) - Date.parse(gate.lastSeen));
  return skew > TOLERANCE_MS ? skew : null;
}
