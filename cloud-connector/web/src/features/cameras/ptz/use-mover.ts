import { useEffect, useMemo, useState } from 'react';
import { Mover, type MoverState } from '@/features/cameras/ptz/mover';
import { type Device, runCommand, sendCommand } from '@/lib/commands/run-command';

/** A move that its gateway can't take at once must never happen later. */
const MOVE_EXPIRES_SECONDS = 5;

/** A mover of this camera, which stops it when the page loses the focus, is hidden, or goes. */
export function useMover(camera: Device) {
  const [state, setState] = useState<MoverState>({ moving: false, fault: null });
  const { gatewayId, id } = camera;
  const mover = useMemo(() => {
    const device = { gatewayId, id };
    return new Mover(
      {
        move: (vector, millis) =>
          runCommand(
            device,
            'camera_ptz_move',
            { mode: 'continuous', ...vector, millis },
            { expiresInSeconds: MOVE_EXPIRES_SECONDS },
          ),
        stop: () => sendCommand(device, 'camera_ptz_stop', {}, { keepalive: true }),
      },
      setState,
    );
  }, [gatewayId, id]);
  useEffect(() => {
    const release = () => {
      mover.release();
    };
    const hidden = () => {
      if (document.visibilityState === 'hidden') {
        release();
      }
    };
    window.addEventListener('blur', release);
    window.addEventListener('pagehide', release);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('blur', release);
      window.removeEventListener('pagehide', release);
      document.removeEventListener('visibilitychange', hidden);
      release();
    };
  }, [mover]);
  return { mover, state };
}
