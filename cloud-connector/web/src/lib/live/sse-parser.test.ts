import { describe, expect, test } from 'vitest';
import { type ServerSentEvent, SseParser } from '@/lib/live/sse-parser';

function parse(...pieces: string[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  const parser = new SseParser((event) => events.push(event));
  pieces.forEach((piece) => {
    parser.push(piece);
  });
  return events;
}

describe('the event stream parser', () => {
  test('reads name and data', () => {
    expect(parse('event: gate\ndata: {"id":"1"}\n\n')).toEqual([{ event: 'gate', data: '{"id":"1"}' }]);
  });

  test('reads an event whose pieces are cut anywhere', () => {
    const text = 'event: gate\r\ndata: {"a":\r\ndata: "b: c"}\r\n\r\n: ping\r\n\r\ndata:x\r\n\r\n';
    const expected = [
      { event: 'gate', data: '{"a":\n"b: c"}' },
      { event: 'message', data: 'x' },
    ];
    expect(parse(text)).toEqual(expected);
    expect(parse(...text.split(/(?:)/))).toEqual(expected);
  });

  test('takes comments, ids and unfinished events for nothing', () => {
    expect(parse(': ping\n\n', 'id: 4\n\n', 'event: gate\n\n', 'data: unfinished\n')).toEqual([]);
  });
});
