// Maven's way in: `node scripts/build.mjs build` or `… check`. Installs the packages, and builds or checks the screen, each
// only when what it is made from has changed. Changes are found by content: a checkout touches times, a cache keeps them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

const MODULE = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(MODULE, 'target/classes/solutions/itms/scs/station/screen');
const MODULES = join(MODULE, 'node_modules');
const LOCK = 'package-lock.json';
const SOURCES = ['index.html', 'package.json', LOCK, 'tsconfig.json', 'vite.config.ts', 'src'];
const CHECKED = [...SOURCES, 'scripts', 'eslint.config.js', '.prettierrc.json', 'README.md'];

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

whenChanged(join(MODULES, '.scs-installed'), fingerprint(LOCK), existsSync(MODULES), () =>
  npm('ci', '--loglevel=error'),
);
if (process.argv[2] === 'check') {
  whenChanged(join(MODULE, 'target/checked.sha256'), fingerprint(...CHECKED), true, () =>
    npm('run', 'check'),
  );
} else {
  whenChanged(
    join(MODULE, 'target/built.sha256'),
    fingerprint(...SOURCES),
    existsSync(join(OUTPUT, 'index.html')),
    () => npm('run', '--silent', 'build', '--', '--outDir', OUTPUT, '--emptyOutDir', '--logLevel', 'warn'),
  );
}
