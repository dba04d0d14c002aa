import type { ShadeSpan, TutorShades } from '#app/domain/scheduling/board-shades.server.ts';

export type Shades = TutorShades;
export type Span = ShadeSpan;

export const NO_SHADES: Shades = { open: null, away: [], travel: [] };

/** A day's hours as stripes of a background: what is closed is shaded, what is open is left as it is. */
export function openStripes(open: readonly Span[] | null, day: number, xOf: (minute: number) => number): string | undefined {
  if (open === null) return undefined;
  const stops = open
    .filter((span) => span.day === day)
    .map((span) => [xOf(span.from), xOf(span.to)] as const)
    .filter(([from, to]) => to > from)
    .flatMap(([from, to]) => [
      `var(--closed) ${from}px`,
      `transparent ${from}px`,
      `transparent ${to}px`,
      `var(--closed) ${to}px`,
    ]);
  return stops.length === 0 ? 'linear-gradient(var(--closed), var(--closed))' : `linear-gradient(to right, ${stops.join(', ')})`;
}
