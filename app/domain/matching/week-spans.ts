import type { WeekSpan } from './match-facts.ts';

/** Spans of a usual week, which has no beginning: Sunday's last minute is followed by Monday's first. Browser-safe. */

export const DAY = 1440;
export const WEEK = 7 * DAY;

/**
 * What overlaps or touches becomes one, in order. What goes on from Sunday into Monday ends after the week's end, so that
 * a session over that midnight is found; its part on Monday is there too.
 */
export function aroundTheWeek(spans: readonly WeekSpan[]): WeekSpan[] {
  const joined: WeekSpan[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (end <= start) continue;
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  const [first, last] = [joined[0], joined.at(-1)];
  if (first?.start === 0 && last?.end === WEEK) last.end = WEEK + Math.min(first.end, WEEK);
  return joined;
}

/** The parts of a week that lie in at least `most` of the lists, each of which is in order and apart. */
export function inAtLeast(most: number, lists: readonly (readonly WeekSpan[])[]): WeekSpan[] {
  const edges = lists.flat().flatMap(({ start, end }) => [
    { at: start, by: 1 },
    { at: end, by: -1 },
  ]);
  edges.sort((a, b) => a.at - b.at || b.by - a.by);
  const found: WeekSpan[] = [];
  let depth = 0;
  for (const { at, by } of edges) {
    const was = depth >= most;
    depth += by;
    const is = depth >= most;
    if (!was && is) found.push({ start: at, end: at });
    const open = found.at(-1);
    if (was && !is && open) open.end = at;
  }
  return found.filter(({ start, end }) => end > start);
}
