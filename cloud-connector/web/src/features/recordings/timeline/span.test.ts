import { describe, expect, test } from 'vitest';
import { foundIn } from '@/features/recordings/api/search';
import { check } from '@/features/recordings/check-pick';
import { shapesOf, timeAt, xOf } from '@/features/recordings/timeline/shapes';
import {
  DAY,
  dayOf,
  daysOf,
  HOUR,
  joined,
  LONGEST,
  lengthOf,
  MINUTE,
  SHORTEST,
  without,
  zoomed,
} from '@/features/recordings/timeline/span';
import { headAfter, stretch } from '@/features/recordings/timeline/use-pick-keys';
import { ticksOf } from '@/features/recordings/timeline/ticks';

const AT = Date.parse('2026-03-01T08:00:00Z');
const span = (from: number, to: number) => ({ from, to });

describe('a stretch of time', () => {
  test('is zoomed about a moment that stays where it is', () => {
    const view = span(AT, AT + HOUR);
    const near = zoomed(view, 0.5, AT + 15 * MINUTE);
    expect(lengthOf(near)).toBe(HOUR / 2);
    expect(xOf(AT + 15 * MINUTE, near, 1_000)).toBeCloseTo(xOf(AT + 15 * MINUTE, view, 1_000), 3);
  });

  test('is never shorter than five minutes nor longer than a week', () => {
    expect(lengthOf(zoomed(span(AT, AT + HOUR), 0.0001, AT))).toBe(SHORTEST);
    expect(lengthOf(zoomed(span(AT, AT + HOUR), 10_000, AT))).toBe(LONGEST);
  });

  test('touches whole days of the browser’s zone', () => {
    const days = daysOf(span(AT, AT + 2 * DAY));
    expect(days).toHaveLength(3);
    expect(days[0]).toEqual(dayOf(AT));
    expect(days[1]?.from).toBe(days[0]?.to);
  });

  test('is joined with those that it touches, and has others taken out of it', () => {
    expect(joined([span(5, 9), span(0, 3), span(3, 4), span(8, 12)])).toEqual([span(0, 4), span(5, 12)]);
    expect(without([span(0, 10)], [span(2, 3), span(5, 20)])).toEqual([span(0, 2), span(3, 5)]);
    expect(without([span(0, 10)], [])).toEqual([span(0, 10)]);
  });
});

describe('bars', () => {
  test('are as many as pixels at most, and none is too thin to be seen', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => span(AT + n * 10_000, AT + n * 10_000 + 5_000));
    const view = span(AT, AT + 50_000_000);
    expect(shapesOf(many, view, 100, 1).length).toBeLessThanOrEqual(100);
    expect(shapesOf([span(AT + 5, AT + 6)], view, 100, 2)[0]?.width).toBe(2);
    expect(shapesOf([span(AT - 10, AT)], view, 100, 2)).toEqual([]);
  });

  test('lie where a pointer finds their time', () => {
    const view = span(AT, AT + HOUR);
    expect(timeAt(xOf(AT + 12_345, view, 997), view, 997)).toBe(AT + 12_345);
  });

  test('have labels that can be told apart, at any zoom', () => {
    for (const length of [SHORTEST, HOUR, DAY, LONGEST]) {
      const view = span(AT, AT + length);
      const places = ticksOf(view, 900).map(({ at }) => xOf(at, view, 900));
      expect(places.length).toBeGreaterThan(1);
      places.slice(1).forEach((place, n) => {
        expect(place - (places[n] ?? 0)).toBeGreaterThan(40);
      });
    }
  });
});

describe('what a recorder tells', () => {
  const segment = (from: number, to: number) => ({
    channel: '1',
    recording: 'R1',
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });

  test('is put together from its pages', () => {
    const found = foundIn(
      [
        { recordings: [{ token: 'R1', channel: '1', name: 'North' }], segments: [segment(AT, AT + 10)] },
        { segments: [segment(AT + 10, AT + 20)], truncated: false },
      ],
      span(AT, AT + 100),
    );
    expect(found.known).toEqual(span(AT, AT + 100));
    expect(found.channels[0]).toMatchObject({ channel: '1', name: 'North', segments: [span(AT, AT + 20)] });
  });

  test('is not known behind the place where it was cut off', () => {
    const found = foundIn([{ segments: [segment(AT, AT + 10)], truncated: true }], span(AT, AT + 100));
    expect(found.known).toEqual(span(AT, AT + 10));
  });
});

describe('a picked stretch', () => {
  const now = AT + DAY;

  test('says how much of it is there, missing and not known', () => {
    const verdict = check(
      span(AT, AT + 10 * MINUTE),
      [span(AT, AT + 8 * MINUTE)],
      [span(AT, AT + 5 * MINUTE)],
      now,
    );
    expect(verdict).toEqual({ recorded: 5 * MINUTE, missing: 3 * MINUTE, unknown: 2 * MINUTE });
  });

  test.each([
    [span(AT, AT), 'export.backwards'],
    [span(AT, AT + 15 * MINUTE + 1), 'export.tooLong'],
    [span(now - MINUTE, now + 1), 'export.future'],
  ])('that can’t be asked for says why', (pick, fault) => {
    expect(check(pick, [], [], now).fault).toBe(fault);
  });

  test('a gateway may allow more or less than is usual', () => {
    const pick = span(AT, AT + 20 * MINUTE);
    const later = AT + DAY;
    expect(check(pick, [], [], later, { longest: 30 * MINUTE, bytes: 1 }).fault).toBeUndefined();
    expect(check(pick, [], [], later, { longest: 10 * MINUTE, bytes: 1 }).fault).toBe('export.tooLong');
  });
});

describe('picking by keys', () => {
  const view = span(AT, AT + 100 * MINUTE);

  test('arrows move the end, Shift farther, Home and End to the edges of what is shown', () => {
    const at = AT + 50 * MINUTE;
    expect(headAfter('ArrowRight', false, at, view)).toBe(at + MINUTE);
    expect(headAfter('ArrowLeft', true, at, view)).toBe(at - 10 * MINUTE);
    expect(headAfter('ArrowLeft', true, AT + 1, view)).toBe(AT);
    expect(headAfter('Home', false, at, view)).toBe(view.from);
    expect(headAfter('End', false, at, view)).toBe(view.to);
    expect(headAfter('PageUp', false, at, view)).toBeNull();
  });

  test('the stretch is never empty and never of the future', () => {
    expect(stretch({ anchor: AT, head: AT }, AT + DAY)).toEqual(span(AT, AT + 1_000));
    expect(stretch({ anchor: AT + MINUTE, head: AT }, AT + DAY)).toEqual(span(AT, AT + MINUTE));
    expect(stretch({ anchor: AT, head: AT + HOUR }, AT + MINUTE)).toEqual(span(AT, AT + MINUTE));
    expect(stretch({ anchor: AT, head: AT }, AT)).toEqual(span(AT - 1_000, AT));
  });
});
