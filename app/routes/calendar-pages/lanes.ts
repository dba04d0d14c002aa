/** A stretch of a day in minutes of its clock. */
export interface Span {
  from: number;
  to: number;
}

export interface Placed<T> {
  item: T;
  lane: number;
  lanes: number;
}

export interface Overflow<T> extends Span {
  items: T[];
  lanes: number;
}

/**
 * What overlaps stands side by side: each cluster of overlapping spans gets as many lanes as it needs, at most `most`.
 * Where it would need more, the last lane is left to one mark for all that found no lane.
 */
export function inLanes<T extends Span>(spans: readonly T[], most: number): { placed: Placed<T>[]; overflow: Overflow<T>[] } {
  const placed: Placed<T>[] = [];
  const overflow: Overflow<T>[] = [];
  for (const cluster of clustersOf(spans)) {
    const lanes = lanesOf(cluster);
    const needed = Math.max(...lanes) + 1;
    const shown = needed > most ? most - 1 : needed;
    const left: T[] = [];
    for (const [index, item] of cluster.entries()) {
      const lane = lanes[index] ?? 0;
      if (lane < shown) placed.push({ item, lane, lanes: Math.min(needed, most) });
      else left.push(item);
    }
    const [first] = left;
    if (first) overflow.push({ from: first.from, to: Math.max(...left.map((item) => item.to)), items: left, lanes: most });
  }
  return { placed, overflow };
}

function clustersOf<T extends Span>(spans: readonly T[]): T[][] {
  const clusters: T[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (span.from >= end) clusters.push([]);
    clusters.at(-1)?.push(span);
    end = Math.max(end, span.to);
  }
  return clusters;
}

/** The first lane that is free again, for each span in order of its beginning. */
function lanesOf(cluster: readonly Span[]): number[] {
  const ends: number[] = [];
  return cluster.map((span) => {
    const free = ends.findIndex((end) => end <= span.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = span.to;
    return lane;
  });
}
