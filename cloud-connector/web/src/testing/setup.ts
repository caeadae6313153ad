import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

// What jsdom lacks and the parts on the page ask for: a layout, media queries and scrolling.
// Waiting ends as soon as what is waited for is there; only a broken test waits this long, not a busy machine.
configure({ asyncUtilTimeout: 10_000 });

const WIDTH = 1200;
const HEIGHT = 600;

class NoResizeObserver {
  observe() {
    // nothing changes its size
  }

  unobserve() {
    // nothing changes its size
  }

  disconnect() {
    // nothing changes its size
  }
}

Object.defineProperty(Element.prototype, 'clientWidth', { get: () => WIDTH });
Object.defineProperty(Element.prototype, 'clientHeight', { get: () => HEIGHT });
// a text field that grows asks again when the fonts are there
Object.defineProperty(document, 'fonts', {
  value: { addEventListener: () => undefined, removeEventListener: () => undefined },
});
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.setPointerCapture = () => undefined;

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', NoResizeObserver);
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }));
});

afterEach(() => {
  cleanup();
  localStorage.clear();
});
