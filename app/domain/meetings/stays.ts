/** One stay in a room. Zero long: only that they left is known, not when they came. */
export interface Stay {
  joinedAt: Date;
  /** null: still there, or not told. */
  leftAt: Date | null;
}

/**
 * The stays of one person after one more mark of a provider came, in whichever order its events come: what is known is
 * when somebody came and when they left, and that is paired anew each time.
 */
export function withMark(stays: readonly Stay[], mark: { fact: 'joined' | 'left'; at: Date }): Stay[] {
  const joined = new Set<number>();
  const left = new Set<number>();
  for (const stay of stays) {
    const [from, to] = [stay.joinedAt.getTime(), stay.leftAt?.getTime()];
    if (from !== to) joined.add(from);
    if (to !== undefined) left.add(to);
  }
  (mark.fact === 'joined' ? joined : left).add(mark.at.getTime());
  // Somebody who comes at the instant they left came back.
  const marks = [...[...left].map((at) => ({ at, comes: false })), ...[...joined].map((at) => ({ at, comes: true }))].sort(
    (a, b) => a.at - b.at || Number(a.comes) - Number(b.comes),
  );
  const paired: Stay[] = [];
  let open: Stay | undefined;
  for (const { at, comes } of marks) {
    if (comes) {
      open = { joinedAt: new Date(at), leftAt: null };
      paired.push(open);
    } else if (open) {
      open.leftAt = new Date(at);
      open = undefined;
    } else {
      paired.push({ joinedAt: new Date(at), leftAt: new Date(at) });
    }
  }
  return paired;
}
