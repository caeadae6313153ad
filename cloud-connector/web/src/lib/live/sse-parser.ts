export type ServerSentEvent = { readonly event: string; readonly data: string };

/** The largest snapshot is far smaller; more than this without an end is not our server. */
const MAX_LINE_CHARS = 32 * 1024 * 1024;

/** Takes a `text/event-stream` in pieces as they come. Comments, ids and retry times are not for us. */
export class SseParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  readonly #onEvent: (event: ServerSentEvent) => void;

  constructor(onEvent: (event: ServerSentEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** @throws RangeError when a line never ends */
  push(piece: string): void {
    this.#rest += piece;
    if (this.#rest.length > MAX_LINE_CHARS) {
      throw new RangeError('a line without an end');
    }
    if (!piece.includes('\n')) {
      return;
    }
    const lines = this.#rest.split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    lines.forEach((line) => {
      this.#line(line);
    });
  }

  #line(line: string): void {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      this.#event = value;
    } else if (field === 'data') {
      this.#data.push(value);
    }
  }

  #dispatch(): void {
    if (this.#data.length > 0) {
      this.#onEvent({ event: this.#event || 'message', data: this.#data.join('\n') });
    }
    this.#event = '';
    this.#data = [];
  }
}
