import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '..');
const MAX_LINES = 200;

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const sources = files.filter((file) => /\.tsx?$/.test(file));

/** Files of ours that the file imports; those for types alone, which are gone at run time, only when asked for. */
function importsOf(file: string, withTypes = true): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/^import (type )?(?:[^;]*? from )?'([^']+)'/gm)]
    .filter(([, type]) => withTypes || type === undefined)
    .map(([, , name = '']) => name)
    .flatMap((name) =>
      name.startsWith('@/') ? [name.slice(2)] : name.startsWith('.') ? [join(dirname(file), name)] : [],
    );
}

/** `app`, `feature`, or `shared`, which every other folder is. */
function layerOf(file: string): { rank: number; feature: string | null } {
  const [top, name] = file.split('/');
  if (top === 'app') {
    return { rank: 2, feature: null };
  }
  return top === 'features' ? { rank: 1, feature: name ?? null } : { rank: 0, feature: null };
}

function mayImport(from: string, to: string): boolean {
  const [importer, imported] = [layerOf(from), layerOf(to)];
  return (
    imported.rank < importer.rank ||
    (imported.rank === importer.rank && imported.feature === importer.feature)
  );
}

function hasCycle(file: string, trail: readonly string[], done: Set<string>): boolean {
  if (trail.includes(file)) {
    return true;
  }
  if (done.has(file)) {
    return false;
  }
  const next = importsOf(file, false).flatMap((name) =>
    sources.filter((one) => one === `${name}.ts` || one === `${name}.tsx`),
  );
  const found = next.some((one) => hasCycle(one, [...trail, file], done));
  done.add(file);
  return found;
}

describe('the source tree', () => {
  test('imports only downwards: shared, features, app; never feature to feature', () => {
    const wrong = sources
      .filter((file) => !file.startsWith('testing/'))
      .flatMap((file) =>
        importsOf(file)
          .filter((to) => !mayImport(file, to))
          .map((to) => `${file} -> ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  test('imports what is for tests only in tests', () => {
    const wrong = sources
      .filter((file) => !file.startsWith('testing/') && !file.includes('.test.'))
      .filter((file) => importsOf(file).some((to) => to.startsWith('testing/')));
    expect(wrong).toEqual([]);
  });

  test('has no circle of imports that runs at load time', () => {
    const done = new Set<string>();
    expect(sources.filter((file) => hasCycle(file, [], done))).toEqual([]);
  });

  test('has kebab-case names, no barrel files and no long file', () => {
    expect(files.filter((file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(file.split('/').at(-1) ?? ''))).toEqual(
      [],
    );
    expect(sources.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
    const lines = (file: string) => readFileSync(join(SRC, file), 'utf8').split('\n').length - 1;
    expect(files.filter((file) => lines(file) > MAX_LINES)).toEqual([]);
  });
});
