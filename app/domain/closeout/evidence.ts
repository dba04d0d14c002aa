/** Who was seen in a session's room, or came by our link to it: told by the provider, our classroom and our own log. Pure. */

export interface Stay {
  /** 'tutor', the id of a student's place, or null: somebody who isn't known by name. */
  who: string | null;
  from: Date;
  /** Null: not told. */
  to: Date | null;
}

export interface Evidence {
  stays: readonly Stay[];
  /** Who came by our link: 'tutor' or ids of places. */
  joins: readonly string[];
  /** There was somebody in the room of whom it isn't known who it was. */
  strangers: boolean;
}

/** For how many minutes, null where only the coming is known; undefined: not seen. */
export function wasThere(evidence: Evidence, who: string): { minutes: number | null } | undefined {
  const own = evidence.stays.filter((stay) => stay.who === who);
  if (own.length === 0) return evidence.joins.includes(who) ? { minutes: null } : undefined;
  const spans = spansOf(own);
  return { minutes: spans ? minutesOf(union(spans)) : null };
}

/** Minutes in which the tutor and at least one of these students were in the room; undefined where that isn't known. */
export function roomOf(evidence: Evidence, studentPlaces: readonly string[]): number | undefined {
  if (evidence.strangers) return undefined;
  const tutor = spansOf(evidence.stays.filter((stay) => stay.who === 'tutor'));
  const students = spansOf(evidence.stays.filter((stay) => stay.who !== null && studentPlaces.includes(stay.who)));
  if (!tutor?.length || !students?.length) return undefined;
  const together = union(tutor).flatMap((one) =>
    union(students).flatMap((other): Span[] => {
      const [from, to] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
      return from < to ? [[from, to]] : [];
    }),
  );
  return minutesOf(together);
}

type Span = [from: number, to: number];

/** Undefined where an end isn't known. */
function spansOf(stays: readonly Stay[]): Span[] | undefined {
  const spans: Span[] = [];
  for (const { from, to } of stays) {
    if (!to) return undefined;
    spans.push([from.getTime(), to.getTime()]);
  }
  return spans;
}

function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

const minutesOf = (spans: readonly Span[]) => Math.round(spans.reduce((sum, [from, to]) => sum + (to - from), 0) / 60_000);
