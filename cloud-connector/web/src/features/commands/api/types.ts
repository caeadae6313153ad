import type { Json, JsonObject } from '@/lib/json';

export type { Json, JsonObject } from '@/lib/json';
export type { Page } from '@/lib/page';

export const OPEN_STATES = ['PENDING_APPROVAL', 'PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING'] as const;
export const FINAL_STATES = [
  'SUCCESS',
  'FAILED',
  'REJECTED',
  'TIMEOUT',
  'CANCELLED',
  'EXPIRED',
  'REMOVED',
] as const;

/** A command as the server tells it. Times are ISO-8601 UTC, null when they have not come. */
export type Command = {
  readonly id: string;
  readonly number: number;
  readonly gatewayId: string;
  readonly target: string;
  readonly targetType: string;
  readonly type: string;
  readonly objectPath: string;
  readonly operation: string;
  readonly safety: string;
  readonly params: JsonObject | null;
  readonly paramsHash: string;
  readonly reason: string | null;
  /** One of {@link OPEN_STATES} or {@link FINAL_STATES}, or a newer one that this console doesn't know. */
  readonly state: string;
  readonly final: boolean;
  readonly createdAt: string;
  readonly requestedBy: string;
  readonly expiresAt: string | null;
  readonly deadline: string | null;
  readonly approval: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly progress: { readonly percent: number; readonly text: string | null; readonly at: string } | null;
  readonly result: JsonObject | null;
  readonly error: {
    readonly code: string;
    readonly message: string | null;
    readonly stage: string | null;
  } | null;
  readonly cancel: { readonly by: string; readonly reason: string | null; readonly forced: boolean } | null;
  readonly late: { readonly status: string; readonly at: string; readonly result: JsonObject | null } | null;
};

export type CommandStep = {
  readonly version: number;
  readonly at: string;
  readonly from: string | null;
  readonly to: string;
  readonly actor: string;
  readonly reason: string | null;
};

export type CommandWithHistory = Command & { readonly history: readonly CommandStep[] };

/** What a form needs of JSON Schema. */
export type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: Json;
  readonly title?: string;
  readonly description?: string;
  readonly 'x-title-th'?: string;
  readonly 'x-description-th'?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

type Texts = { readonly en: string; readonly th?: string };

export type CommandType = {
  readonly type: string;
  readonly objectPath: string;
  readonly operation: string;
  /** Kind of device that it is for. */
  readonly target: string;
  /** The parameter that names the devices; such a command may also be sent to the gateway, for many of them. */
  readonly targetParameter: string | null;
  readonly safety: string;
  readonly approval: string;
  readonly breakGlass: { readonly parameter: string; readonly equals: Json } | null;
  readonly title: Texts;
  readonly help: Texts | null;
  readonly params: Schema;
};

export type Registry = {
  readonly revision: string;
  readonly commands: readonly CommandType[];
  /** What the error codes mean. */
  readonly codes: Readonly<Record<string, Texts>>;
};

export type ReadinessPoint = {
  readonly name: string;
  readonly ok: boolean | null;
  readonly blocking: boolean;
  readonly reason: string;
};

export type Readiness = { readonly ready: boolean; readonly points: readonly ReadinessPoint[] };

/** Where a command goes to: a device, or the gateway itself. */
export type Target = {
  readonly gatewayId: string;
  readonly id: string;
  /** Such as `EDGE_CONTROLLER` or `GATE`. */
  readonly kind: string;
};
