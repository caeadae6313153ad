import type { Gate, Gateway, Snapshot } from '@/lib/live/types';
import type { ServerSentEvent } from '@/lib/live/sse-parser';

export type LiveEvent =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'gateway'; readonly gateway: Gateway }
  | { readonly kind: 'gate'; readonly gate: Gate }
  | { readonly kind: 'command'; readonly id: string };

type Json = Readonly<Record<string, unknown>>;

/** Reads an event; null for one of a kind or shape that this console doesn't know, which is not a reason to stop. */
export function readEvent({ event, data }: ServerSentEvent): LiveEvent | null {
  const json = parse(data);
  if (json === null) {
    return null;
  }
  switch (event) {
    case 'snapshot':
      return { kind: 'snapshot', snapshot: readSnapshot(json) };
    case 'gateway':
      return isGateway(json) ? { kind: 'gateway', gateway: json } : null;
    case 'gate':
      return isGate(json) ? { kind: 'gate', gate: json } : null;
    case 'command':
      return typeof json['id'] === 'string' ? { kind: 'command', id: json['id'] } : null;
    default:
      return null;
  }
}

function parse(data: string): Json | null {
  try {
    const json: unknown = JSON.parse(data);
    return isJson(json) ? json : null;
  } catch {
    return null;
  }
}

function readSnapshot(json: Json): Snapshot {
  return {
    gateways: listOf(json['gateways']).filter(isGateway),
    gates: listOf(json['gates']).filter(isGate),
    serverTime: typeof json['serverTime'] === 'string' ? json['serverTime'] : '',
  };
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGateway(json: Json): json is Json & Gateway {
  return typeof json['id'] === 'string' && typeof json['status'] === 'string';
}

function isGate(json: Json): json is Json & Gate {
  return isGateway(json) && typeof json['gatewayId'] === 'string';
}
