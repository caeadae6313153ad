// A stand-in for the server, for working on the console alone: `npm run mock -- --gates 5000`, then `npm run dev`.
// It also serves what `npm run build` made, with the server's own content policy. Never part of the console's bundle.
//   --port 8080   --gateways 6   --gates 60   --rate 5 (changes a second)   --empty
// User `admin`, password `admin`; user `busy` is rate limited. `POST /mock/drop` cuts the live streams for 10 s,
// `POST /mock/expire` ends every session.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { change, makeSite } from './mock-site.mjs';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    gateways: { type: 'string', default: '6' },
    gates: { type: 'string', default: '60' },
    rate: { type: 'string', default: '5' },
    empty: { type: 'boolean', default: false },
  },
});

const WEB = fileURLToPath(new URL('../../target/classes/web', import.meta.url));
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const COOKIE = 'scs_session=mock';

const site = makeSite(
  options.empty ? 0 : Number(options.gateways),
  options.empty ? 0 : Number(options.gates),
);
const streams = new Set();
let signedIn = false;
let downUntil = 0;

const ROUTES = {
  'POST /api/v1/auth/login': login,
  'POST /api/v1/auth/logout': (request, response) => {
    signedIn = false;
    response.writeHead(204).end();
  },
  'GET /api/v1/auth/session': (request, response) =>
    known(request)
      ? json(response, 200, { username: 'admin', role: 'admin' })
      : problem(response, 401, 'unauthenticated'),
  'GET /api/v1/gateways': (request, response) => json(response, 200, site.gateways),
  'GET /api/v1/gates': (request, response) => json(response, 200, site.gates),
  'GET /api/v1/live': live,
  'POST /mock/drop': (request, response) => {
    downUntil = Date.now() + 10_000;
    endStreams();
    response.writeHead(204).end();
  },
  'POST /mock/expire': (request, response) => {
    signedIn = false;
    endStreams();
    response.writeHead(204).end();
  },
};

function known(request) {
  return signedIn && (request.headers.cookie ?? '').includes(COOKIE);
}

function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function problem(response, status, code, headers = {}) {
  const body = { type: 'about:blank', title: code, status, detail: code, code, requestId: 'mock-1' };
  json(response, status, body, { 'Content-Type': 'application/problem+json', ...headers });
}

async function login(request, response) {
  let body = '';
  for await (const piece of request) {
    body += piece;
  }
  const { username, password } = JSON.parse(body);
  if (username === 'busy') {
    problem(response, 429, 'rate_limited', { 'Retry-After': '42' });
  } else if (username === 'admin' && password === 'admin') {
    signedIn = true;
    const cookie = `${COOKIE}; HttpOnly; SameSite=Strict; Path=/`;
    json(response, 200, { username, role: 'admin' }, { 'Set-Cookie': cookie });
  } else {
    problem(response, 401, 'invalid_credentials');
  }
}

function live(request, response) {
  if (!known(request)) {
    problem(response, 401, 'unauthenticated');
  } else if (Date.now() < downUntil) {
    problem(response, 500, 'internal');
  } else {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    send(response, 'snapshot', { ...site, serverTime: new Date().toISOString() });
    streams.add(response);
    response.on('close', () => streams.delete(response));
  }
}

function send(response, event, data) {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function endStreams() {
  streams.forEach((response) => response.end());
}

async function file(path, response) {
  const asked = normalize(path).replace(/^[/\\]+/, '');
  const name = extname(asked) === '' ? 'index.html' : asked;
  try {
    const content = await readFile(join(WEB, name));
    response
      .writeHead(200, { 'Content-Type': TYPES[extname(name)], 'Content-Security-Policy': POLICY })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
}

setInterval(() => {
  for (const { event, data } of change(site, Number(options.rate))) {
    streams.forEach((response) => send(response, event, data));
  }
}, 1000);
setInterval(() => streams.forEach((response) => response.write(': ping\n\n')), 15_000);

createServer((request, response) => {
  const path = new URL(request.url, 'http://mock').pathname;
  const route = ROUTES[`${request.method} ${path}`];
  void (route ? route(request, response) : file(path, response));
}).listen(Number(options.port), '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${options.port}`));
