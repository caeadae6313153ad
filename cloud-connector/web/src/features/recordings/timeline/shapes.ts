import { common, lengthOf, type Span } from '@/features/recordings/timeline/span';

/** A bar in px. */
export type Shape = { readonly x: number; readonly width: number };

export const xOf = (at: number, view: Span, width: number) => ((at - view.from) / lengthOf(view)) * width;

export const timeAt = (x: number, view: Span, width: number) =>
  Math.round(view.from + (x / Math.max(1, width)) * lengthOf(view));

/**
 * The stretches as bars, in order; none thinner than can be seen, those that would touch made one, so that there are
 * never more than pixels.
 */
export function shapesOf(spans: readonly Span[], view: Span, width: number, least: number): readonly Shape[] {
  const shapes: Shape[] = [];
  for (const span of spans) {
    const part = common(span, view);
    if (part === null) {
      continue;
    }
    const x = xOf(part.from, view, width);
    const end = Math.max(x + least, xOf(part.to, view, width));
    const last = shapes.at(-1);
    if (last !== undefined && x <= last.x + last.width) {
      shapes[shapes.length - 1] = { x: last.x, width: Math.max(last.x + last.width, end) - last.x };
    } else {
      shapes.push({ x, width: end - x });
    }
  }
  return shapes;
}
