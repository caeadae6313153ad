/** A gateway as the server tells it. Times are ISO-8601 UTC, null when unknown. */
export type Gateway = {
  readonly id: string;
  readonly account: string;
  /** One of {@link GATEWAY_STATUSES}, or a newer one that this console doesn't know. */
  readonly status: string;
  readonly lastSeen: string | null;
  readonly connectedSince: string | null;
  readonly gates: number;
  readonly received: number;
  readonly duplicates: number;
  readonly gaps: number;
};

/** A gate as the server tells it. Times are ISO-8601 UTC, null when unknown. */
export type Gate = {
  /** The gate's own id, unique in its gateway. */
  readonly id: string;
  readonly gatewayId: string;
  /** Effective status: one of {@link GATE_STATUSES}, or a newer one that this console doesn't know. */
  readonly status: string;
  /** What the gate said of itself last. */
  readonly reportedStatus: string | null;
  /** When the station received the last heartbeat, by the station's clock. */
  readonly lastSeen: string | null;
  /** When the gate sent it, by the gate's clock. */
  readonly lastHeartbeat: string | null;
  readonly ip: string | null;
  readonly gateId: string | null;
  readonly side: string | null;
  readonly type: string | null;
  readonly message: string | null;
};

export type Snapshot = {
  readonly gateways: readonly Gateway[];
  readonly gates: readonly Gate[];
  readonly serverTime: string;
};

/** From worst to best, which is how a table sorts them. */
export const GATEWAY_STATUSES = ['missing', 'disconnected', 'never_seen', 'online'] as const;
export const GATE_STATUSES = ['fault', 'offline', 'unknown', 'maintenance', 'online'] as const;

export type GatewayStatus = (typeof GATEWAY_STATUSES)[number];
export type GateStatus = (typeof GATE_STATUSES)[number];

export function gateKey(gate: Pick<Gate, 'gatewayId' | 'id'>): string {
  return `${gate.gatewayId}\n${gate.id}`;
}

/** How bad a status is: 0 is worst; one that this console doesn't know comes last. */
export function severity(statuses: readonly string[], status: string): number {
  const rank = statuses.indexOf(status);
  return rank < 0 ? statuses.length : rank;
}
