import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const API = process.env['SCS_API'] ?? 'http://127.0.0.1:8080';

/** The fonts' licences go where the fonts go; those of the code are collected by Vite itself. */
function fontLicences(...packages: string[]): Plugin {
  return {
    name: 'font-licences',
    apply: 'build',
    generateBundle() {
      const texts = packages.map((name) => {
        const file = new URL(`./node_modules/${name}/LICENSE`, import.meta.url);
        return `${name}\n\n${readFileSync(file, 'utf8').trim()}\n`;
      });
      this.emitFile({ type: 'asset', fileName: 'licences/fonts.txt', source: texts.join('\n---\n\n') });
    },
  };
}

export default defineConfig({
  plugins: [react(), fontLicences('@fontsource-variable/inter', '@fontsource-variable/noto-sans-thai')],
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
  },
  build: {
    outDir: 'target/classes/web',
    emptyOutDir: true,
    license: { fileName: 'licences/code.txt' },
    // The server's content policy allows no data: fonts, so nothing is put into the style sheet.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: API } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    passWithNoTests: false,
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
});
