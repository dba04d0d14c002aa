import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { readPreferences } from '#app/domain/messages/preferences.server.ts';
import { isWanted } from '#app/domain/messages/preferences.ts';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isAsked } from './feedback.ts';
import type { ToRate } from './feedback-queries.server.ts';

/** How long after a lesson its family is still asked by mail. */
const FRESH_DAYS = 5;

interface Lesson extends ToRate {
  /** Which lesson of this student with this tutor it was, from 1. */
  nth: number;
}

interface Reader {
  sessionId: string;
  studentId: string;
  address: string;
  name: string;
  userId: string;
  locale: string | null;
  zone: string | null;
  isStudent: boolean;
}

/**
 * Asks families by mail how it was: after a student's first lesson with a tutor and after every so many, once it is closed out.
 * Who pays, who cares for the student and gets mails, and the student are asked, each who has an account to answer with and
 * has not said it yet, once for a lesson.
 * @returns how many mails were new
 */
export async function askForFeedback(db: Kysely<DB>, ctx: MailContext & Pick<DomainContext, 'clock'>): Promise<number> {
  const rules = await getCloseOutRules(db);
  if (!rules.feedback || rules.feedback_every === 0) return 0;
  const now = ctx.clock();
  return inTransaction(db, async (trx) => {
    const asked = (await listJustTaught(trx, now)).filter(({ nth }) => isAsked(nth, rules.feedback_every));
    const lessons = new Map(asked.map((lesson) => [`${lesson.sessionId} ${lesson.studentId}`, lesson]));
    const readers = await listReaders(trx, asked);
    const preferences = await readPreferences(
      trx,
      readers.map(({ address }) => address),
    );
    const mails = readers
      .filter(({ address }) => isWanted(preferences, address, 'feedback-request'))
      .flatMap((reader) => {
        const lesson = lessons.get(`${reader.sessionId} ${reader.studentId}`);
        return lesson ? [mailTo(ctx.config.origin, lesson, reader)] : [];
      });
    return queueMails(trx, ctx, mails);
  });
}

function mailTo(origin: string, lesson: Lesson, reader: Reader): QueuedMail {
  return {
    template: 'feedback-request',
    to: { name: oneLine(reader.name), address: reader.address },
    audience: reader.isStudent ? 'student' : 'client',
    userId: reader.userId,
    sessionId: lesson.sessionId,
    dedupeKey: `feedback:${lesson.sessionId}:${lesson.studentId}:${reader.userId}`,
    data: {
      ...(reader.locale ? { locale: reader.locale } : {}),
      ...(reader.zone ? { zone: reader.zone } : {}),
      link: `${origin}/family/sessions/${lesson.sessionId}#feedback`,
      lesson: oneLine(lesson.lesson),
      tutor: oneLine(lesson.tutorName),
      student: reader.isStudent ? null : oneLine(lesson.studentName),
      startsAt: lesson.startsAt.toISOString(),
      endsAt: lesson.endsAt.toISOString(),
    },
  };
}

/** Lessons that took place in these days and are closed out, by student. */
async function listJustTaught(db: Kysely<DB>, now: Date): Promise<Lesson[]> {
  const { rows } = await sql<Lesson>`
    SELECT s.id AS session_id, a.student_id, concat_ws(' ', st.first_name, st.last_name) AS student_name,
           coalesce(nullif(s.title, ''), sub.name) AS lesson, concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
           s.starts_at, s.ends_at,
           (SELECT count(*)::int FROM attendance before JOIN session b ON b.id = before.session_id
            WHERE before.student_id = a.student_id AND b.tutor_id = s.tutor_id AND before.outcome = 'attended'
                  AND (b.starts_at, b.id) <= (s.starts_at, s.id)) AS nth
    FROM attendance a JOIN session s ON s.id = a.session_id JOIN student st ON st.id = a.student_id
         JOIN tutor t ON t.id = s.tutor_id JOIN subject sub ON sub.id = s.subject_id
    WHERE a.outcome = 'attended' AND s.status IN ('closed_out', 'approved') AND st.archived_at IS NULL
          AND s.ends_at <= ${now} AND s.ends_at > ${new Date(now.getTime() - FRESH_DAYS * 86_400_000)}
    ORDER BY s.ends_at, s.id, a.student_id`.execute(db);
  return rows;
}

/** Whom to ask about these lessons: with an account, and an answer still to give. A person who is several is one. */
async function listReaders(db: Kysely<DB>, lessons: readonly Lesson[]): Promise<Reader[]> {
  if (lessons.length === 0) return [];
  const { rows } = await sql<Reader>`
    SELECT DISTINCT ON (asked.session_id, asked.student_id, u.id) asked.session_id, asked.student_id,
           coalesce(p.email, u.email)::text AS address, p.name, u.id AS user_id, coalesce(u.locale, p.locale) AS locale,
           coalesce(u.timezone, p.timezone) AS zone, p.is_student
    FROM unnest(${lessons.map(({ sessionId }) => sessionId)}::uuid[], ${lessons.map(({ studentId }) => studentId)}::uuid[])
           AS asked(session_id, student_id)
         JOIN student st ON st.id = asked.student_id
         CROSS JOIN LATERAL (
           SELECT c.user_id, c.email, c.name, c.locale, c.timezone, false AS is_student FROM client c
           WHERE c.archived_at IS NULL AND (c.id = st.client_id OR c.id IN (
             SELECT g.client_id FROM student_guardian g WHERE g.student_id = st.id AND g.gets_mails))
           UNION ALL
           SELECT st.user_id, st.email, concat_ws(' ', st.first_name, st.last_name), st.locale, st.timezone, true
         ) p
         JOIN users u ON u.id = p.user_id AND u.disabled_at IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM feedback f
                      WHERE f.session_id = asked.session_id AND f.student_id = asked.student_id AND f.user_id = u.id)
    ORDER BY asked.session_id, asked.student_id, u.id, p.is_student DESC`.execute(db);
  return rows;
}
