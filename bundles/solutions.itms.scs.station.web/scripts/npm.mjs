// Runs npm as a child with this module as its folder: `node scripts/npm.mjs run check`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MODULE = fileURLToPath(new URL('..', import.meta.url));

export function npm(...args) {
  // npm is a .cmd file on Windows, and only a shell starts those.
  const { status, error } = spawnSync('npm', args, {
    cwd: MODULE,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) {
    console.error(`npm could not be started: ${error.message}. Node 20.19 or later with npm is needed.`);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  npm(...process.argv.slice(2));
}
