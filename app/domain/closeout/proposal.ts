/** What the traces of an online session speak for: a proposal, which decides nothing. Pure, browser-safe. */

export interface Trace {
  /** When they came by our link. */
  came: readonly Date[];
  /** When they were in the room; null: still there, or not told. */
  stays: readonly { joinedAt: Date; leftAt: Date | null }[];
}

export interface Traces {
  tutor: Trace;
  students: readonly ({ studentId: string } & Trace)[];
  /** When the room closed; null: not told. */
  endedAt: Date | null;
}

export interface Proposal {
  /** When the tutor and somebody to be taught were there together, within what was planned or after it; undefined: not told. */
  together: { from: Date; to: Date } | undefined;
  /** Worth saying instead of the plan: where it is more than a few minutes off. */
  startsAt: Date | undefined;
  minutes: number | undefined;
  /** Of each student when they were first seen; undefined: neither in the room nor by the link. */
  students: { studentId: string; from: Date | undefined }[];
  /** Nobody of the session left a trace, so that a missing student says nothing. */
  silent: boolean;
}

interface Planned {
  startsAt: Date;
  durationMinutes: number;
  now: Date;
}

/** People come a little early, and talk a little on: that is as planned. */
const AS_PLANNED_MINUTES = 5;
const MINUTE = 60_000;

export function proposeFrom(traces: Traces, { startsAt, durationMinutes, now }: Planned): Proposal {
  const endsAt = new Date(startsAt.getTime() + durationMinutes * MINUTE);
  const over = traces.endedAt ?? (now < endsAt ? now : endsAt);
  const spansOf = ({ stays }: Trace) =>
    stays
      .map(({ joinedAt, leftAt }) => ({ from: joinedAt.getTime(), to: (leftAt ?? over).getTime() }))
      .filter((span) => span.to > span.from);
  const students = traces.students.map(({ studentId, came, stays }) => {
    const seen = [...came, ...stays.map((stay) => stay.joinedAt)].map(Number);
    return { studentId, from: seen.length === 0 ? undefined : new Date(Math.min(...seen)) };
  });
  const silent = traces.tutor.came.length + traces.tutor.stays.length === 0 && students.every((student) => !student.from);
  const taught = traces.students.flatMap(spansOf);
  const shared = spansOf(traces.tutor).flatMap((tutor) =>
    taught
      .map(({ from, to }) => ({ from: Math.max(from, tutor.from), to: Math.min(to, tutor.to) }))
      .filter((span) => span.to > span.from),
  );
  if (shared.length === 0) return { together: undefined, startsAt: undefined, minutes: undefined, students, silent };
  const first = Math.max(startsAt.getTime(), Math.min(...shared.map((span) => span.from)));
  const last = Math.max(...shared.map((span) => span.to));
  if (last <= first) return { together: undefined, startsAt: undefined, minutes: undefined, students, silent };
  const minutes = Math.round((last - first) / MINUTE);
  const late = first - startsAt.getTime() > AS_PLANNED_MINUTES * MINUTE;
  const other = Math.abs(minutes - durationMinutes) > AS_PLANNED_MINUTES;
  return {
    together: { from: new Date(first), to: new Date(last) },
    startsAt: late ? new Date(Math.floor(first / MINUTE) * MINUTE) : undefined,
    minutes: other && now >= endsAt ? minutes : undefined,
    students,
    silent,
  };
}
