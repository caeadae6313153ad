import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, test } from 'vitest';
import { fakeServer, json, liveStream, problem } from '@/testing/fake-server';
import { renderApp } from '@/testing/render-app';

const LOGIN = 'POST /api/v1/auth/login';
const ANNA = { username: 'anna', role: 'admin' };

let server: ReturnType<typeof fakeServer>;

beforeEach(() => {
  server = fakeServer({
    'GET /api/v1/auth/session': problem(401, 'unauthenticated'),
    'GET /api/v1/live': liveStream().response,
  });
});

async function signIn(path = '/login') {
  const user = renderApp(path);
  await user.type(await screen.findByLabelText('User name'), 'anna');
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
  return user;
}

const address = () => screen.getByTestId('address').textContent;

describe('the login page', () => {
  test('signs in and goes back to the page that was asked for', async () => {
    server.answers[LOGIN] = json(200, ANNA);
    await signIn('/dashboard/gateways?gates.q=G1');
    await waitFor(() => {
      expect(address()).toBe('/dashboard/gateways?gates.q=G1');
    });
    expect(server.asked.find(({ route }) => route === LOGIN)?.body).toEqual({
      username: 'anna',
      password: 'secret',
    });
    expect(await screen.findByTestId('user-menu')).toHaveTextContent('anna');
  });

  test('starts with the user name', async () => {
    renderApp('/login');
    expect(await screen.findByLabelText('User name')).toHaveFocus();
  });

  test('says that user name or password are wrong, and leads back to the password', async () => {
    server.answers[LOGIN] = problem(401, 'invalid_credentials');
    await signIn();
    expect(await screen.findByRole('alert')).toHaveTextContent('The user name or the password is wrong.');
    expect(screen.getByLabelText('Password')).toHaveFocus();
    expect(screen.getByLabelText('Password')).toBeInvalid();
  });

  test('says for how long to wait, and does not ask again before', async () => {
    server.answers[LOGIN] = problem(429, 'rate_limited', { 'Retry-After': '42' });
    const user = await signIn();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Too many attempts. Wait 42 s, then try again.',
    );
    await user.click(screen.getByRole('button', { name: /Try again in/ }));
    expect(server.asked.filter(({ route }) => route === LOGIN)).toHaveLength(1);
  });

  test.each([
    ['no answer at all', new TypeError('Failed to fetch')],
    ['a proxy without a server', () => new Response('Bad gateway', { status: 502 })],
  ])('says that the server cannot be reached: %s', async (_, answer) => {
    server.answers[LOGIN] = answer;
    await signIn();
    expect(await screen.findByRole('alert')).toHaveTextContent('The server cannot be reached.');
  });

  test('gives the request id of any other failure', async () => {
    server.answers[LOGIN] = problem(500, 'internal');
    await signIn();
    expect(await screen.findByRole('alert')).toHaveTextContent(/status 500.*Request id r-1/);
  });

  test('asks for what is missing without asking the server', async () => {
    const user = renderApp('/login');
    await user.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(screen.getByText('Enter your user name.')).toBeVisible();
    expect(screen.getByText('Enter your password.')).toBeVisible();
    expect(screen.getByLabelText('User name')).toHaveFocus();
    expect(server.asked.filter(({ route }) => route === LOGIN)).toEqual([]);
  });

  test('speaks Thai when asked to, and remembers it', async () => {
    const user = renderApp('/login');
    await user.click(await screen.findByText('ไทย'));
    expect(screen.getByRole('heading', { name: 'เข้าสู่ระบบ' })).toBeVisible();
    expect(document.documentElement.lang).toBe('th');
    expect(localStorage.getItem('scs:language')).toBe('th');
  });
});
