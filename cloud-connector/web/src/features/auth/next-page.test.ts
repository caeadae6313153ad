import { describe, expect, test } from 'vitest';
import { loginPath, nextPage } from '@/features/auth/next-page';

const next = (value: string) => nextPage(new URLSearchParams({ next: value }));

describe('the page after signing in', () => {
  test('is the one that was asked for', () => {
    const page = '/dashboard/gateways?gates.status=fault';
    expect(nextPage(new URLSearchParams(loginPath(page).split('?')[1]))).toBe(page);
  });

  test('is never outside the console', () => {
    const outside = [
      '//evil.example/dashboard',
      'https://evil.example',
      '/\\evil.example',
      '/dashboardx',
      '',
    ];
    expect(outside.map(next)).toEqual(outside.map(() => '/dashboard/gateways'));
  });

  test('needs no mention when it is the landing page', () => {
    expect(loginPath('/')).toBe('/login');
    expect(loginPath('/dashboard/gateways')).toBe('/login');
  });
});
