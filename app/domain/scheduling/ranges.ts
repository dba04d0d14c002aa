/** Half-open spans of time, in milliseconds since 1970. Lists that come out are in order, apart, and without empty ones. */
export interface Range {
  start: number;
  end: number;
}

/** All of it once, in order: what overlaps or touches becomes one. */
export function union(ranges: readonly Range[]): Range[] {
  const sorted = ranges.filter((range) => range.end > range.start).sort((a, b) => a.start - b.start);
  const result: Range[] = [];
  for (const { start, end } of sorted) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** What is in `a` and not in `b`. */
export function subtract(a: readonly Range[], b: readonly Range[]): Range[] {
  const away = union(b);
  const result: Range[] = [];
  let first = 0;
  for (const { start, end } of union(a)) {
    while ((away[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++;
    let from = start;
    for (let i = first; ; i++) {
      const cut = away[i];
      if (!cut || cut.start >= end) break;
      if (cut.start > from) result.push({ start: from, end: cut.start });
      from = Math.max(from, cut.end);
    }
    if (from < end) result.push({ start: from, end });
  }
  return result;
}

/** What is in both. */
export function intersect(a: readonly Range[], b: readonly Range[]): Range[] {
  const [one, other] = [union(a), union(b)];
  const result: Range[] = [];
  for (let i = 0, k = 0; ; ) {
    const [x, y] = [one[i], other[k]];
    if (!x || !y) return result;
    const range = { start: Math.max(x.start, y.start), end: Math.min(x.end, y.end) };
    if (range.end > range.start) result.push(range);
    if (x.end < y.end) i++;
    else k++;
  }
}

/** Whether one of the ranges holds all of it. @param ranges in order and apart, as `union` gives them */
export function covers(ranges: readonly Range[], range: Range): boolean {
  const found = ranges[lastFrom(ranges, range.start)];
  return found !== undefined && found.end >= range.end;
}

export const overlaps = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

/** The index of the last range that begins at the moment or before it; -1 where none does. @param ranges in order of their starts */
export function lastFrom(ranges: readonly Range[], moment: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range).start <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
