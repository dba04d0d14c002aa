import { type Kysely, sql } from 'kysely';
import { isId } from '#app/domain/is-id.ts';
import type { DB } from '#db/types.ts';
import type { PresentPerson } from '#plugins/contract/index.ts';
import { type Expected, whoIsIt } from './who-is-it.ts';

/** Who may be in a session's room: its tutor, its students, who pays and who cares for them, and guests by the name they typed. */
export async function listExpected(db: Kysely<DB>, sessionId: string): Promise<Expected[]> {
  const { rows } = await sql<Expected>`
    SELECT t.user_id, NULL::uuid AS attendance_id, ARRAY[trim(t.first_name || ' ' || t.last_name), u.name] AS names,
           ARRAY[t.email::text, u.email::text] AS emails
    FROM session s JOIN tutor t ON t.id = s.tutor_id LEFT JOIN users u ON u.id = t.user_id WHERE s.id = ${sessionId}
    UNION ALL
    SELECT st.user_id, a.id, ARRAY[trim(st.first_name || ' ' || st.last_name), st.first_name, u.name] ||
             ARRAY(SELECT j.guest_name FROM meeting_join j WHERE j.attendance_id = a.id), ARRAY[st.email::text, u.email::text]
    FROM attendance a JOIN student st ON st.id = a.student_id LEFT JOIN users u ON u.id = st.user_id
    WHERE a.session_id = ${sessionId}
    UNION ALL
    SELECT c.user_id, NULL, ARRAY[c.name, u.name], ARRAY[c.email::text, u.email::text]
    FROM client c LEFT JOIN users u ON u.id = c.user_id
    WHERE c.id IN (SELECT a.client_id FROM attendance a WHERE a.session_id = ${sessionId}
                   UNION SELECT g.client_id FROM attendance a JOIN student_guardian g ON g.student_id = a.student_id
                   WHERE a.session_id = ${sessionId})`.execute(db);
  const known = (texts: readonly (string | null)[]) => texts.filter((text): text is string => Boolean(text));
  return rows.map((row) => ({ ...row, names: known(row.names), emails: known(row.emails) }));
}

/** Whose presence it is; of somebody who belongs to the office, by the id the provider was given. */
export async function ownerOf(
  db: Kysely<DB>,
  expected: readonly Expected[],
  person: PresentPerson,
): Promise<{ userId: string | null; attendanceId: string | null }> {
  const found = whoIsIt(expected, person);
  if (found) return { userId: found.userId, attendanceId: found.attendanceId };
  if (!isId(person.userId)) return { userId: null, attendanceId: null };
  const user = await db.selectFrom('users').select('id').where('id', '=', person.userId).executeTakeFirst();
  return { userId: user?.id ?? null, attendanceId: null };
}
