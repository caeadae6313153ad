import { json } from '@/testing/fake-server';
import { SERVER_TIME } from '@/testing/fixtures';

export const CAMERA = {
  id: 'cam-1',
  gatewayId: 'demo',
  type: 'CAMERA',
  parentSensorId: 'demo',
  name: 'North entrance',
  manufacturer: 'Acme',
  model: 'Dome 4',
  firmware: '2.1',
  serial: 'A1',
  address: '192.0.2.7:80',
  profiles: ['Main', 'Sub'],
  status: 'online',
  firstSeen: SERVER_TIME,
  lastSeen: SERVER_TIME,
};

export const NVR = { ...CAMERA, id: 'nvr-1', type: 'NVR', name: 'Equipment room', profiles: [] };

type Asked = { readonly type: string; readonly params: Record<string, unknown> };
type Outcome = Record<string, unknown> | { readonly failed: string };

/** Answers commands at once with what they bring, by their type; one without is refused by its gateway. */
export function commandsThatBring(
  outcomes: Readonly<Record<string, (params: Record<string, unknown>) => Outcome>>,
) {
  let number = 0;
  return (_signal?: AbortSignal | null, body?: unknown) => {
    const { type, params } = body as Asked;
    const outcome = outcomes[type]?.(params) ?? { failed: 'not_available_on_gateway' };
    const failed = 'failed' in outcome;
    number += 1;
    return json(201, {
      id: `r${number}`,
      state: failed ? 'FAILED' : 'SUCCESS',
      final: true,
      result: failed ? null : { status: 'SUCCESS', result: outcome },
      error: failed ? { code: outcome['failed'], message: 'It said no.' } : null,
    })();
  };
}
