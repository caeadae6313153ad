import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const STATION = process.env['SCS_STATION'] ?? 'http://127.0.0.1:3070';

/** The font's licence goes where the font goes; those of the code are collected by Vite itself. */
function fontLicence(name: string): Plugin {
  return {
    name: 'font-licence',
    apply: 'build',
    generateBundle() {
      const file = new URL(`./node_modules/${name}/LICENSE`, import.meta.url);
      const source = `${name}\n\n${readFileSync(file, 'utf8').trim()}\n`;
      this.emitFile({ type: 'asset', fileName: 'assets/licence-font.txt', source });
    },
  };
}

export default defineConfig({
  base: '/station/',
  plugins: [fontLicence('@fontsource/ibm-plex-sans-thai')],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
  },
  build: {
    outDir: 'target/classes/solutions/itms/scs/station/screen',
    emptyOutDir: true,
    license: { fileName: 'assets/licence-code.txt' },
    // the station's content policy allows no data: fonts, so nothing is put into the style sheet
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/station/api': { target: STATION } },
  },
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: false,
  },
});
