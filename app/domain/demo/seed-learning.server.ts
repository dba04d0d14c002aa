import { sql, type Transaction } from 'kysely';
import { markRead } from '#app/domain/conversations/mark-read.server.ts';
import type { DB } from '#db/types.ts';

/**
 * How it goes with the demo's students: goals and how far they are, homework done, what families and tutors say of lessons,
 * and what they write to each other. From the sessions that took place, by their ids, so that it is the same each time.
 */
export async function seedLearning(trx: Transaction<DB>, now: Date): Promise<void> {
  await seedTerms(trx, now);
  await seedTemplates(trx);
  await seedGoals(trx);
  await seedHomework(trx, now);
  await seedFeedback(trx);
  await seedConversations(trx, now);
}

/** The school's halves of this year and the next. */
async function seedTerms(trx: Transaction<DB>, now: Date): Promise<void> {
  const year = now.getUTCMonth() >= 6 ? now.getUTCFullYear() : now.getUTCFullYear() - 1;
  await trx
    .insertInto('term')
    .values([
      { name: `Fall ${year}`, startsOn: `${year}-08-01`, endsOn: `${year}-12-31` },
      { name: `Spring ${year + 1}`, startsOn: `${year + 1}-01-01`, endsOn: `${year + 1}-06-30` },
    ])
    .execute();
}

async function seedTemplates(trx: Transaction<DB>): Promise<void> {
  await trx
    .insertInto('noteTemplate')
    .values([
      { name: 'Lesson', body: 'What we did:\n\nWhat went well:\n\nWhat needs more practice:\n', position: 0 },
      { name: 'Test preparation', body: 'Score of the practice test:\n\nTime used:\n\nTopics to look at again:\n', position: 1 },
    ])
    .execute();
}

const GOALS: Readonly<Record<string, readonly [string, string]>> = {
  Algebra: ['Solves quadratic equations without help', 'Checks every result'],
  Geometry: ['Writes proofs with a reason for each step', 'Knows the circle theorems'],
  Calculus: ['Uses the chain rule with confidence', 'Sets up related rates'],
  'English literature': ['Builds an argument from the text', 'Reads one book a month'],
  'Reading and writing': ['Plans an essay before writing', 'Reads aloud fluently'],
  Physics: ['Draws the forces before calculating', 'Keeps units in every line'],
  'SAT preparation': ['Practice score of 1400', 'Finishes each part in time'],
};
const USUAL: readonly [string, string] = ['Keeps up with the class', 'Prepares tests a week ahead'];

/** Two for who was taught a subject three times or more; further with each lesson. */
async function seedGoals(trx: Transaction<DB>): Promise<void> {
  const { rows: learners } = await sql<{ studentId: string; subjectId: string; subject: string; tutorUserId: string | null }>`
    SELECT a.student_id, s.subject_id, sub.name AS subject, (array_agg(t.user_id ORDER BY s.starts_at))[1] AS tutor_user_id
    FROM session s JOIN attendance a ON a.session_id = s.id JOIN subject sub ON sub.id = s.subject_id JOIN tutor t ON t.id = s.tutor_id
    WHERE a.outcome = 'attended' GROUP BY 1, 2, 3 HAVING count(*) >= 3 ORDER BY 1, 2`.execute(trx);
  if (learners.length === 0) return;
  await trx
    .insertInto('goal')
    .values(
      learners.flatMap(({ studentId, subjectId, subject, tutorUserId }) =>
        (GOALS[subject] ?? USUAL).map((title, position) => ({ studentId, subjectId, title, position, createdBy: tutorUserId })),
      ),
    )
    .execute();
  await sql`
    INSERT INTO goal_rating (goal_id, session_id, rating, rated_on, rated_by)
    SELECT g.id, s.id,
      greatest(1, least(5, 1 + floor(3.6 * row_number() OVER of_goal / count(*) OVER (PARTITION BY g.id))
        + (abs(hashtext(s.id::text || g.position)) % 3 = 0)::int - (abs(hashtext(g.position || s.id::text)) % 5 = 0)::int)),
      s.local_date, t.user_id
    FROM goal g JOIN session s ON s.subject_id = g.subject_id JOIN tutor t ON t.id = s.tutor_id
      JOIN attendance a ON a.session_id = s.id AND a.student_id = g.student_id AND a.outcome = 'attended'
    WINDOW of_goal AS (PARTITION BY g.id ORDER BY s.starts_at)`.execute(trx);
  await sql`UPDATE attendance SET rating = 3 + abs(hashtext(id::text)) % 3 WHERE outcome = 'attended'`.execute(trx);
}

/** Due at the student's next lesson; done by most where that is over. */
async function seedHomework(trx: Transaction<DB>, now: Date): Promise<void> {
  await sql`
    UPDATE close_out co SET homework_due_on = s.local_date + 7,
      summary = CASE WHEN abs(hashtext(s.id::text)) % 3 = 0 THEN 'A good lesson: ' || lower(left(co.notes, 1)) || substr(co.notes, 2) ELSE '' END
    FROM session s WHERE s.id = co.session_id AND co.homework <> ''`.execute(trx);
  await sql`
    UPDATE attendance a SET homework_done_at = s.ends_at + interval '4 days', homework_done_by = st.user_id,
      homework_answer = CASE WHEN abs(hashtext(a.id::text)) % 4 = 0 THEN 'Number 3 was hard. Can we look at it?' ELSE '' END
    FROM session s, close_out co, student st
    WHERE s.id = a.session_id AND co.session_id = s.id AND st.id = a.student_id AND co.homework <> '' AND a.outcome = 'attended'
      AND s.ends_at < ${now}::timestamptz - interval '5 days' AND abs(hashtext(a.student_id::text || s.id::text)) % 5 > 0`.execute(
    trx,
  );
}

const SAID = [
  'She came home and explained it to her brother.',
  'Always on time and well prepared.',
  '',
  'We would like a little more homework.',
  '',
];

/** Of one lesson in six by the family, of a few by the tutor. */
async function seedFeedback(trx: Transaction<DB>): Promise<void> {
  await sql`
    INSERT INTO feedback (session_id, student_id, tutor_id, side, user_id, rating, body, created_at, updated_at)
    SELECT s.id, a.student_id, s.tutor_id, 'client', c.user_id,
      5 - (abs(hashtext(s.id::text)) % 7 = 0)::int - 2 * (abs(hashtext(a.id::text)) % 23 = 0)::int,
      (${SAID}::text[])[1 + abs(hashtext(a.id::text)) % 5], s.ends_at + interval '5 hours', s.ends_at + interval '5 hours'
    FROM session s JOIN attendance a ON a.session_id = s.id JOIN client c ON c.id = a.client_id
    WHERE a.outcome = 'attended' AND c.user_id IS NOT NULL AND abs(hashtext(s.id::text || 'said')) % 6 = 0`.execute(trx);
  await sql`
    INSERT INTO feedback (session_id, student_id, tutor_id, side, user_id, rating, body, created_at, updated_at)
    SELECT s.id, a.student_id, s.tutor_id, 'tutor', t.user_id, 3 + abs(hashtext(a.id::text)) % 3, '', s.ends_at, s.ends_at
    FROM session s JOIN attendance a ON a.session_id = s.id JOIN tutor t ON t.id = s.tutor_id
    WHERE a.outcome = 'attended' AND t.user_id IS NOT NULL AND abs(hashtext(s.id::text || 'tutor')) % 12 = 0`.execute(trx);
}

const TALK: readonly ['client' | 'tutor', number, string][] = [
  ['client', 9, 'Hello! There is a test on Friday. Could you go through the practice sheet together?'],
  ['tutor', 9, 'Gladly. Please bring the sheet, even half done: what is missing tells me most.'],
  ['client', 7, 'Thank you, it went well!'],
  ['tutor', 2, 'That is good to hear. Next time we begin the new chapter; the book is enough.'],
  ['client', 1, 'We will bring it. One question: is the homework due on Monday or on Wednesday?'],
];

/** The demo's family with each tutor of theirs, who has not answered the last message yet. */
async function seedConversations(trx: Transaction<DB>, now: Date): Promise<void> {
  const { rows: pairs } = await sql<{
    tutorId: string;
    studentId: string;
    clientId: string;
    tutorUser: string | null;
    clientUser: string;
  }>`
    SELECT DISTINCT ON (st.ref) s.tutor_id, st.id AS student_id, c.id AS client_id, t.user_id AS tutor_user, c.user_id AS client_user
    FROM client c JOIN users u ON u.id = c.user_id JOIN student st ON st.client_id = c.id JOIN attendance a ON a.student_id = st.id
      JOIN session s ON s.id = a.session_id JOIN tutor t ON t.id = s.tutor_id
    WHERE u.email = 'family@demo.test' AND s.status IN ('closed_out', 'approved')
    ORDER BY st.ref, (t.user_id IS NULL), s.starts_at DESC`.execute(trx);
  for (const [index, pair] of pairs.entries()) {
    const spoken = TALK.slice(0, TALK.length - index * 2).map(([side, days, body], turn) => {
      // Each some minutes after the one before it; all of them mailed long ago.
      const createdAt = new Date(now.getTime() - days * 86_400_000 + turn * 37 * 60_000);
      return {
        ...{ side, body, createdAt, toldAt: createdAt },
        senderUserId: side === 'tutor' ? pair.tutorUser : pair.clientUser,
        senderClientId: side === 'client' ? pair.clientId : null,
      };
    });
    const { id } = await trx
      .insertInto('conversation')
      .values({ tutorId: pair.tutorId, studentId: pair.studentId, lastMessageAt: spoken.at(-1)?.createdAt ?? now })
      .returning('id')
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('conversationMessage')
      .values(spoken.map((message) => ({ ...message, conversationId: id })))
      .execute();
    const until = (back: number) => spoken.at(-back)?.createdAt ?? now;
    await markRead(trx, { conversationId: id, userId: pair.clientUser, until: until(1) });
    if (pair.tutorUser) await markRead(trx, { conversationId: id, userId: pair.tutorUser, until: until(2) });
  }
}
