import { useEffect } from 'preact/hooks';

/** Whether the screen fills the display: as the address says, else as the station is configured. */
export function isKiosk(configured: boolean): boolean {
  const asked = new URLSearchParams(location.search).get('kiosk');
  return asked === null ? configured : asked !== '0';
}

/** Fills the display at the first touch, which browsers ask for, and keeps it from going dark where they allow that. */
export function useFullScreen(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) {
      return;
    }
    const fill = () => {
      if (!document.fullscreenElement) {
        document.documentElement.requestFullscreen().catch(() => undefined);
      }
      if ('wakeLock' in navigator) {
        navigator.wakeLock.request('screen').catch(() => undefined);
      }
    };
    addEventListener('pointerup', fill, { once: true });
    addEventListener('keyup', fill, { once: true });
    return () => {
      removeEventListener('pointerup', fill);
      removeEventListener('keyup', fill);
    };
  }, [wanted]);
}
