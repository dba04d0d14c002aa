import { type Kysely, sql } from 'kysely';
import { readCloseOutRules } from '#app/domain/closeout/close-out-rules.ts';
import type { DB } from '#db/types.ts';
import type { MailData } from '#emails/templates.ts';
import { oneLine } from './queue-mail.server.ts';
import type { Audience } from './session-readers.server.ts';

type Prepared = NonNullable<MailData<'session-reminder'>['prepare']>;

/** What is to prepare for one session. */
export interface SessionPreparation {
  questions: string[];
  /** What the tutor or the office put there for everybody. */
  materials: string[];
  /** By student: what was left over from their last lesson with this tutor. */
  last: Map<string, { homework: string; due: string | null; topics: string }>;
  seen: { notes: boolean; homework: boolean };
}

interface Row {
  sessionId: string;
  questions: string[];
  materials: string[];
  last: { studentId: string; homework: string; due: string | null; topics: string }[];
  closeouts: unknown;
}

/** By session; one statement whatever their number. Homework that was ticked off is left out. */
export async function readPreparations(db: Kysely<DB>, sessionIds: readonly string[]): Promise<Map<string, SessionPreparation>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    SELECT s.id AS session_id, o.closeouts,
      (SELECT coalesce(json_agg(q.body ORDER BY q.created_at), '[]') FROM session_question q WHERE q.session_id = s.id) AS questions,
      (SELECT coalesce(json_agg(m.title ORDER BY m.created_at), '[]') FROM session_material m
       WHERE m.session_id = s.id AND m.phase = 'before'
         AND NOT EXISTS (SELECT 1 FROM client c WHERE c.user_id = m.added_by)
         AND NOT EXISTS (SELECT 1 FROM student st WHERE st.user_id = m.added_by)) AS materials,
      (SELECT coalesce(json_agg(json_build_object('studentId', a.student_id, 'homework', last.homework, 'due', last.due, 'topics', last.topics)), '[]')
       FROM attendance a CROSS JOIN LATERAL (
         SELECT CASE WHEN la.homework_done_at IS NULL THEN coalesce(nullif(la.homework, ''), c.homework) ELSE '' END AS homework,
                c.homework_due_on AS due, c.next_topics AS topics
         FROM attendance la JOIN session ls ON ls.id = la.session_id JOIN close_out c ON c.session_id = ls.id
         WHERE la.student_id = a.student_id AND la.outcome NOT IN ('cancelled', 'late_cancel')
           AND ls.tutor_id = s.tutor_id AND ls.subject_id = s.subject_id AND ls.starts_at < s.starts_at
           AND c.status <> 'sent_back' AND ls.status IN ('closed_out', 'approved')
         ORDER BY ls.starts_at DESC, ls.id LIMIT 1) last
       WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel')) AS last
    FROM session s CROSS JOIN organisation o
    WHERE s.id = ANY(${[...sessionIds]}::uuid[])`.execute(db);
  return new Map(
    rows.map(({ sessionId, questions, materials, last, closeouts }) => {
      const rules = readCloseOutRules(closeouts);
      return [
        sessionId,
        {
          questions,
          materials,
          last: new Map(last.map(({ studentId, ...of }) => [studentId, of])),
          seen: { notes: rules.families_see_notes, homework: rules.families_see_homework },
        },
      ];
    }),
  );
}

const MOST = 40;

/**
 * What a reader is told of it: a family of its own students alone, and as far as families see such things; a tutor of all of
 * them and what was asked.
 */
export function preparationFor(
  preparation: SessionPreparation | undefined,
  audience: Audience,
  students: readonly { id: string; name: string }[],
): Prepared {
  if (!preparation) return [];
  const { seen, questions, materials } = preparation;
  const forTutor = audience === 'tutor';
  const line = (text: string, most: number) => oneLine(text).slice(0, most);
  const prepare: Prepared = forTutor ? questions.map((text) => ({ what: 'question', text: line(text, 500) })) : [];
  for (const { id, name } of students) {
    const last = preparation.last.get(id);
    const who = students.length > 1 ? line(name, 300) : '';
    if (last?.homework && (forTutor || seen.homework))
      prepare.push({ what: 'homework', text: line(last.homework, 500), who, due: last.due });
    if (last?.topics && (forTutor || seen.notes)) prepare.push({ what: 'topics', text: line(last.topics, 500), who });
  }
  prepare.push(...materials.map((title) => ({ what: 'material' as const, text: line(title, 500) })));
  return prepare.filter(({ text }) => text !== '').slice(0, MOST);
}
