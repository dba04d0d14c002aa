import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { withoutSessions, withSession } from '#app/domain/scheduling/changed-calendar.ts';
import { type Clash, clashProblems, overruledStudents } from '#app/domain/scheduling/conflicts.server.ts';
import { whyNot } from '#app/domain/scheduling/fit.ts';
import type { PlacePoint } from '#app/domain/scheduling/travel.ts';
import { loadTutorCalendars, type TutorCalendar } from '#app/domain/scheduling/tutor-calendars.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { isPlanned, missingTime, type Occurrence, overlapsWithin, type PlannedOccurrence, usualAction } from './occurrences.ts';

export interface OccurrenceToCheck extends Occurrence {
  studentIds: readonly string[];
}

export interface SeriesToCheck {
  tutor: { id: string; bufferMinutes: number };
  programId: string;
  roomId: string | null;
  /** Of a series in person whose place is known. */
  place: PlacePoint | null;
  overruleStudents: boolean;
  occurrences: readonly OccurrenceToCheck[];
  /** They move in the same act, so where they are now is in nobody's way. */
  exceptSessionIds?: readonly string[];
}

export interface OccurrenceFindings {
  problems: BookingProblem[];
  /** Whose clash was overruled: their row must not block. */
  overruled: ReadonlySet<string>;
}

/**
 * All that speaks against each session of a series, by its day: clashes with everything they are with, clock changes,
 * closures, time off, hours, travel and limits. Two statements, however many sessions.
 */
export async function findOccurrenceProblems(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  series: SeriesToCheck,
): Promise<{ byDate: Map<string, OccurrenceFindings>; calendar: TutorCalendar | undefined }> {
  const now = ctx.clock();
  const planned = series.occurrences.filter((one): one is OccurrenceToCheck & PlannedOccurrence => isPlanned(one));
  const byDate = new Map<string, OccurrenceFindings>();
  for (const occurrence of series.occurrences) {
    const problems = isPlanned(occurrence) ? [] : [missingTime(occurrence)];
    byDate.set(occurrence.date, { problems, overruled: new Set() });
  }
  const times = planned.flatMap(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]);
  const calendars = await loadTutorCalendars(db, {
    tutorIds: [series.tutor.id],
    from: new Date(planned.length > 0 ? Math.min(...times) : now.getTime()),
    to: new Date(planned.length > 0 ? Math.max(...times) : now.getTime()),
    programId: series.programId,
    placeId: series.place?.id,
    now,
  });
  const calendar = calendars.get(series.tutor.id);
  if (planned.length === 0) return { byDate, calendar };

  const except = new Set(series.exceptSessionIds ?? []);
  const clashes = await findClashesOfMany(db, series, planned, now);
  let open = calendar && withoutSessions(calendar, except);
  const within = overlapsWithin(planned, series.tutor.bufferMinutes);
  // In their order: the limits of a day or a week count those of the series before.
  for (const [n, occurrence] of inOrder(planned)) {
    const own = clashes.filter((clash) => clash.n === n);
    const problems = clashProblems(own, series.overruleStudents);
    if (occurrence.startsAt < now)
      problems.push({ code: 'in_the_past', severity: 'warning', field: 'wallStart', message: 'This is in the past.' });
    if (within.has(occurrence.date)) {
      const message = 'It would begin before the session of the series before it is over.';
      problems.push({ code: 'tutor_conflict', severity: 'blocking', field: 'durationMinutes', message, sessions: [] });
    }
    const fitting = {
      startsAt: occurrence.startsAt,
      endsAt: occurrence.endsAt,
      programId: series.programId,
      place: series.place,
    };
    const others = open ? whyNot(open, fitting, { by: 'office', now }) : [];
    // Of who is taken, the clashes have said with what; that the tutor is archived is said once.
    problems.push(...others.filter(({ code }) => code !== 'tutor_conflict' && code !== 'invalid_value'));
    if (open && usualAction(problems) === 'book') open = withSession(open, busyWith(occurrence, series.place));
    byDate.set(occurrence.date, {
      problems,
      overruled: series.overruleStudents ? overruledStudents(own) : new Set(),
    });
  }
  return { byDate, calendar };
}

const inOrder = (planned: readonly (OccurrenceToCheck & PlannedOccurrence)[]) =>
  [...planned.entries()].sort(([, a], [, b]) => a.startsAt.getTime() - b.startsAt.getTime());

const busyWith = ({ startsAt, endsAt }: PlannedOccurrence, place: PlacePoint | null) => ({
  start: startsAt.getTime(),
  end: endsAt.getTime(),
  sessionId: null,
  inPerson: place !== null,
  place,
});

type ClashOfOne = Clash & { n: number };

async function findClashesOfMany(
  db: Kysely<DB>,
  series: SeriesToCheck,
  occurrences: readonly (OccurrenceToCheck & PlannedOccurrence)[],
  now: Date,
): Promise<ClashOfOne[]> {
  const wanted = occurrences.flatMap((occurrence, n) => {
    const row = (resourceId: string, until: Date) => ({ n, resourceId, from: occurrence.startsAt, until });
    return [
      row(series.tutor.id, addMinutes(occurrence.endsAt, series.tutor.bufferMinutes)),
      ...occurrence.studentIds.map((id) => row(id, occurrence.endsAt)),
      ...(series.roomId ? [row(series.roomId, occurrence.endsAt)] : []),
    ];
  });
  const { rows } = await sql<ClashOfOne>`
    SELECT wanted.n, s.id, s.ref, s.starts_at, s.ends_at, r.kind, r.id AS resource_id,
           concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
           ARRAY(SELECT concat_ws(' ', st.first_name, st.last_name) FROM attendance a JOIN student st ON st.id = a.student_id
                 WHERE a.session_id = s.id ORDER BY 1) AS student_names
    FROM unnest(${wanted.map((w) => w.n)}::int[], ${wanted.map((w) => w.resourceId)}::uuid[],
                ${wanted.map((w) => w.from)}::timestamptz[], ${wanted.map((w) => w.until)}::timestamptz[])
         AS wanted(n, resource_id, starts, until)
    JOIN session_resource sr ON sr.resource_id = wanted.resource_id AND sr.blocking
      AND sr.busy && tstzrange(wanted.starts, wanted.until)
    JOIN resource r ON r.id = sr.resource_id
    LEFT JOIN session s ON s.id = sr.session_id
    LEFT JOIN tutor t ON t.id = s.tutor_id
    LEFT JOIN hold h ON h.id = sr.hold_id
    WHERE (s.id IS NULL OR s.id <> ALL(${[...(series.exceptSessionIds ?? [])]}::uuid[]))
      AND (h.id IS NULL OR h.expires_at > ${now})
    ORDER BY wanted.n, s.starts_at, r.kind
  `.execute(db);
  return rows;
}
