// Maven's way in: `node scripts/build.mjs <output folder>`. Installs the packages and builds the console, each only when
// what it is made from has changed. Changes are found by content, not by time: a checkout touches times, a cache keeps them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

const MODULE = fileURLToPath(new URL('..', import.meta.url));
const LOCK = 'package-lock.json';
const SOURCES = ['index.html', 'package.json', LOCK, 'tsconfig.json', 'vite.config.ts', 'public', 'src'];

function filesBelow(path) {
  const full = join(MODULE, path);
  if (!existsSync(full)) {
    return [];
  }
  if (!statSync(full).isDirectory()) {
    return [path];
  }
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(`${path}/${name}`));
}

function fingerprint(...paths) {
  const hash = createHash('sha256').update(process.version);
  for (const file of paths.flatMap(filesBelow)) {
    hash.update(`\0${file}\0`).update(readFileSync(join(MODULE, file)));
  }
  return hash.digest('hex');
}

/** Runs the step unless the stamp says that it was last done with just this content. */
function whenChanged(stamp, content, isThere, step) {
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === content) {
    return;
  }
  step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}

const output = resolve(process.argv[2] ?? join(MODULE, 'target/classes/web'));
const modules = join(MODULE, 'node_modules');

whenChanged(join(modules, '.scs-installed'), fingerprint(LOCK), existsSync(modules), () =>
  npm('ci', '--loglevel=error'),
);
whenChanged(
  join(MODULE, 'target/console.sha256'),
  fingerprint(...SOURCES),
  existsSync(join(output, 'index.html')),
  () => npm('run', '--silent', 'build', '--', '--outDir', output, '--emptyOutDir', '--logLevel', 'warn'),
);
