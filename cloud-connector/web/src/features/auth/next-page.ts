const HOME = '/dashboard/gateways';

/** Address of the login page from which one comes back to the page given. */
export function loginPath(page: string): string {
  return page === HOME || page === '/'
    ? '/login'
    : `/login?${new URLSearchParams({ next: page }).toString()}`;
}

/** Where to go after signing in: only to a page of the console, whoever made the link. */
export function nextPage(params: URLSearchParams): string {
  const next = params.get('next') ?? '';
  return /^\/dashboard(?:[/?#]|$)/.test(next) ? next : HOME;
}
