import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { createClient } from '#app/domain/people/create-client.server.ts';
import type { DB } from '#db/types.ts';
import type { Invited } from './instant.schema.ts';

/**
 * The records of somebody new: a student who pays for themselves, until the office says who does. An address that is
 * known is told and not doubled; to a tutor without the names of people who are not their students.
 * @throws DomainError duplicate_reference at `invite.email`
 */
export async function inviteStudent(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  invited: Invited,
  { tutorId }: { /** Null: the office invites. */ tutorId: string | null },
): Promise<{ studentId: string }> {
  // Two tutors who invite the same person at the same moment: the second is told.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`invite:${invited.email}`}, 0))`.execute(trx);
  const message = await whoseAddress(trx, invited.email, tutorId);
  if (message) throw new DomainError('duplicate_reference', message, { field: 'invite.email' });
  const { studentId } = await createClient(trx, ctx, actor, {
    name: invited.name,
    email: invited.email,
    phone: null,
    address: '',
    timezone: null,
    billingInstallId: null,
    notes: '',
    learnsToo: true,
  });
  if (!studentId) throw new Error('a client who learns too is a student');
  return { studentId };
}

interface Known {
  students: { name: string; own: boolean }[];
  other: string | null;
}

async function whoseAddress(trx: Transaction<DB>, email: string, tutorId: string | null): Promise<string | undefined> {
  const { rows } = await sql<Known>`
    SELECT
      (SELECT coalesce(json_agg(json_build_object('name', concat_ws(' ', st.first_name, nullif(st.last_name, '')),
          'own', EXISTS (SELECT 1 FROM engagement e WHERE e.student_id = st.id AND e.tutor_id = ${tutorId}::uuid)) ORDER BY st.ref COLLATE "C"), '[]')
        FROM student st JOIN client c ON c.id = st.client_id WHERE ${email}::citext IN (st.email, c.email)) AS students,
      (SELECT coalesce((SELECT 'client' FROM client WHERE email = ${email}::citext LIMIT 1),
                       (SELECT 'user' FROM users WHERE email = ${email}::citext),
                       (SELECT 'tutor' FROM tutor WHERE email = ${email}::citext LIMIT 1))) AS other`.execute(trx);
  const known = rows[0] as Known;
  const named = known.students.filter((student) => tutorId === null || student.own).map((student) => student.name);
  if (named.length > 0) return `This is the address of ${named.join(' and ')}: choose them from the students.`;
  if (known.students.length === 0 && known.other === null) return undefined;
  return tutorId === null
    ? 'Somebody with this address is on record already: a client, a tutor or a user. Add the student under them first.'
    : 'This address is known here already. Ask the office to match the student to you.';
}
