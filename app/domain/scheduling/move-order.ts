interface Moved {
  from: { startsAt: Date; endsAt: Date };
  to: { startsAt: Date; endsAt: Date };
}

const overlap = (a: Moved['from'], b: Moved['from']) => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/**
 * The order in which sessions moved together don't stumble over each other: one goes once nobody of the others still
 * stands where it goes. Back-to-back sessions that shift by an hour begin with the last. Two that change places can't be
 * ordered: the first of them stays first, and is refused.
 */
export function moveOrder<T extends Moved>(moves: readonly T[]): T[] {
  const waiting = [...moves];
  const ordered: T[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((move) => waiting.every((other) => other === move || !overlap(move.to, other.from)));
    ordered.push(...waiting.splice(Math.max(free, 0), 1));
  }
  return ordered;
}
