// What a team would write in an afternoon: the heartbeat route with a common framework and SQLite in WAL mode.
import Database from 'better-sqlite3';

const [, , framework, port, file] = process.argv;
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec('CREATE TABLE gate (id TEXT PRIMARY KEY, ip TEXT, status TEXT, ts TEXT, received_at INTEGER, message TEXT, type TEXT, side TEXT, gate_id TEXT)');
const upsert = db.prepare(`INSERT INTO gate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
  ip = excluded.ip, status = excluded.status, ts = excluded.ts, received_at = excluded.received_at, message = excluded.message,
  type = excluded.type, side = excluded.side, gate_id = excluded.gate_id`);
const statuses = ['online', 'maintenance', 'fault'];

function take(beat) {
  if (typeof beat?.id !== 'string' || typeof beat.ip !== 'string' || !statuses.includes(beat.status)) return false;
  if (Number.isNaN(Date.parse(beat.ts))) return false;
  upsert.run(beat.id, beat.ip, beat.status, beat.ts, Date.now(), beat.message ?? null, beat.type ?? null, beat.side ?? null, beat.gateId ?? null);
  return true;
}

if (framework === 'express') {
  const { default: express } = await import('express');
  const app = express();
  app.use(express.json());
  app.post('/hb', (request, response) => {
    if (take(request.body)) response.json({ ok: true });
    else response.status(400).json({ ok: false, error: 'bad request' });
  });
  app.listen(Number(port), '127.0.0.1');
} else {
  const { default: fastify } = await import('fastify');
  const app = fastify();
  app.post('/hb', async (request, reply) => (take(request.body) ? { ok: true } : reply.code(400).send({ ok: false, error: 'bad request' })));
  await app.listen({ port: Number(port), host: '127.0.0.1' });
}
