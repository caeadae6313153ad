/** Line drawings on a 24 × 24 grid, drawn for this console. */
const PATHS = {
  store: 'M4 6c0-4 16-4 16 0s-16 4-16 0zM4 6v12c0 4 16 4 16 0V6M4 12c0 4 16 4 16 0',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  wrench:
    'M14.5 6.5a4.5 4.5 0 0 1 5.6-1.4l-3 3 .9 2 2 .9 3-3M14.5 6.5a4.5 4.5 0 0 0-.6 5.2L4.5 21 3 19.5l9.3-9.3',
  alert: 'M12 3.5l9.5 17h-19zM12 10v5M12 17.8v.2',
  unplugged: 'M4 4l16 16M9 5v3m6-3v3M7 10v1a5 5 0 0 0 8.3 3.7M17 11v-1h-5M12 16v4',
  question: 'M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.1M12 17.3v.2',
  lost: 'M3.5 3.5l17 17M5 12a10 10 0 0 1 3.4-2.3M2 8.5a15 15 0 0 1 4-2.6M12 6a15 15 0 0 1 10 2.5M14.5 9.7A10 10 0 0 1 19 12M8.5 15.5a5 5 0 0 1 5-1M12 19v.2',
  stopped: 'M7 7h10v10H7z',
  dash: 'M7 12h10',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20.5 20.5',
  close: 'M6 6l12 12M18 6L6 18',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6l1.4 1.4m0-13.4l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  camera: 'M3.5 7h11v10h-11zM14.5 10.5l6-3v9l-6-3zM9 10.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z',
  device: 'M3.5 5h17v11h-17zM8.5 20h7M12 16v4',
  user: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  logout: 'M10 4H5v16h5M14.5 8l4 4-4 4M18 12H9.5',
  gateway:
    'M3.5 13h17v6.5h-17zM7 16.3v.1m3.5-.1v.1M15 16.3h2.5M12 13V9.5M8.5 7a5 5 0 0 1 7 0M6 4.3a8.7 8.7 0 0 1 12 0',
  left: 'M14 7l-5 5 5 5',
  right: 'M10 7l5 5-5 5',
  plus: 'M7 12h10M12 7v10',
  home: 'M4 11.5L12 5l8 6.5M6.5 10v9h11v-9',
  up: 'M7 14l5-5 5 5',
  down: 'M7 10l5 5 5-5',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2',
  send: 'M4 12l16-7.5-5 16-4-6.5zM11 14l9-9.5',
  play: 'M8 5.5l11 6.5-11 6.5z',
  list: 'M8.5 6.5h11M8.5 12h11M8.5 17.5h11M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1',
  language:
    'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM3.5 12h17M12 3.5c5.5 5 5.5 12 0 17-5.5-5-5.5-12 0-17z',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: what it says has to be said in text beside it or in the button's label. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
