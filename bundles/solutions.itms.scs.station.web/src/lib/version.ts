const RELOADED = 'scs-screen-reloaded';

/** The assets of the page that is open, as the station names those of the page that it has. */
export function ownVersion(): string {
  const urls = [...document.querySelectorAll('script[src], link[href]')].map(
    (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
  );
  return [...new Set(urls.filter((url) => url.startsWith('/station/assets/')))].sort().join(',');
}

/** Loads the page anew when the station has another version of it; once, in case that does not help. */
export function followVersion(offered: string): void {
  const isSame = offered === '' || offered === ownVersion() || import.meta.env.DEV;
  if (isSame) {
    sessionStorage.removeItem(RELOADED);
  } else if (sessionStorage.getItem(RELOADED) !== offered) {
    sessionStorage.setItem(RELOADED, offered);
    location.reload();
  }
}
