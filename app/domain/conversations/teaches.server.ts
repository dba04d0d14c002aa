import { type RawBuilder, sql } from 'kysely';

/** Days after a session in which tutor and family may still write to each other without another one ahead. */
export const DAYS_AFTER = 30;

/**
 * Whether a tutor and a student's family have to do with each other: an engagement that hasn't ended, or a session ahead or
 * in the last 30 days.
 */
export function teaches(tutorId: RawBuilder<unknown>, studentId: RawBuilder<unknown>, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(EXISTS (
      SELECT 1 FROM engagement e CROSS JOIN organisation o
      WHERE e.tutor_id = ${tutorId} AND e.student_id = ${studentId}
        AND (e.ends_on IS NULL OR e.ends_on >= (${now}::timestamptz AT TIME ZONE o.timezone)::date)
    ) OR EXISTS (
      SELECT 1 FROM attendance a JOIN session s ON s.id = a.session_id
      WHERE a.student_id = ${studentId} AND s.tutor_id = ${tutorId} AND a.outcome NOT IN ('cancelled', 'late_cancel')
        AND s.status NOT IN ('requested', 'declined', 'cancelled', 'late_cancelled', 'rescheduled')
        AND s.ends_at > ${now}::timestamptz - make_interval(days => ${DAYS_AFTER})
    ))`;
}
