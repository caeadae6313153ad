/** What the station says, as its interface under /station/api describes it. */

export const STATUSES = ['fault', 'offline', 'maintenance', 'online'] as const;
export type Status = (typeof STATUSES)[number];

export const OPERATIONS = [
  'inservice_entry',
  'inservice_exit',
  'inservice_bidirect',
  'out_of_service',
  'station_close',
  'emergency',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export const AISLE_MODES = [0, 1, 2, 3] as const;
export type AisleMode = (typeof AISLE_MODES)[number];

export type Device = {
  id: string;
  deviceIp: string | null;
  plannedIp?: string;
  status: Status;
  reportedStatus: Status | null;
  lastHeartbeat: string | null;
  receivedAt: string | null;
  sourceIp?: string;
  gateId?: string;
  side?: string;
  type?: string;
  message?: string;
  rejectedAt?: string;
  rejectedReason?: string;
  operation: Operation | null;
  operationRequestedAt?: string;
  operationPolledAt?: string;
  operationDeliveredAt?: string;
  aisleMode: AisleMode | null;
  aisleModeRequestedAt?: string;
  aisleModePolledAt?: string;
  aisleModeDeliveredAt?: string;
  inserviceLast: Operation | null;
};

export type Alarm = {
  id: string;
  kind: string;
  subject: string;
  ofDevice: boolean;
  text: string;
  since: number;
  last: number;
  count: number;
  acknowledgedBy: string | null;
};

export type ClockState = { level: 'ok' | 'drift' | 'unknown'; offsetMillis?: number; source: string };

export type StationInfo = {
  id: string;
  nameEn: string;
  nameTh: string;
  address: string;
  zone: string;
  production: boolean;
  fullScreen: boolean;
  staleSeconds: number;
  pinRequired: boolean;
  mayControl: boolean;
  /** Names for devices that are controlled together, with ids of devices or of gates. */
  groups: Record<string, string[]>;
};

/** What has changed; every part may be missing but the time and the devices. */
export type Change = { now: number; devices: Device[]; alarms?: Alarm[]; clock?: ClockState };

export type Everything = Change & { screen: string; station: StationInfo };

export type LogFile = { path: string; day: string; bytes: number; modified: number };

export type AuditEntry = {
  seq: number;
  group: number;
  at: number;
  who: string;
  device: string;
  kind: string;
  before: string | null;
  after: string | null;
  reason: string | null;
};

export type Fact = { code: string; values: Record<string, string | number | boolean | string[]> };
export type CheckRow = { id: string; state: 'ok' | 'attention' | 'unknown' | 'ask'; facts: Fact[] };
