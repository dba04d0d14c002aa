import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { byName } from './list-page.server.ts';
import { fullName } from './names.ts';
import { type SignsIn, signsInOf, whoAccepted } from './signs-in.server.ts';

export interface GuardianRow {
  clientId: string;
  name: string;
  relation: string;
  email: string | null;
  phone: string | null;
  getsMails: boolean;
  signsIn: SignsIn;
}

/** Who cares for a student beside the one who pays. */
export async function listGuardians(db: Kysely<DB>, studentId: string): Promise<GuardianRow[]> {
  const rows = await db
    .selectFrom('studentGuardian')
    .innerJoin('client', 'client.id', 'studentGuardian.clientId')
    .innerJoin('student', 'student.id', 'studentGuardian.studentId')
    .select(['client.id as clientId', 'client.name', 'client.email', 'client.phone', 'client.userId', 'relation', 'getsMails'])
    .where('studentId', '=', studentId)
    .whereRef('student.clientId', '<>', 'client.id')
    .orderBy(byName('client.name'))
    .execute();
  const accepted = await whoAccepted(
    db,
    rows.map((row) => row.userId),
  );
  return rows.map(({ userId, ...row }) => ({ ...row, signsIn: signsInOf(userId, accepted) }));
}

/** The students a client cares for without paying for them. */
export async function listCaredFor(db: Kysely<DB>, clientId: string): Promise<{ id: string; name: string; relation: string }[]> {
  const rows = await db
    .selectFrom('studentGuardian')
    .innerJoin('student', 'student.id', 'studentGuardian.studentId')
    .select(['student.id', 'student.firstName', 'student.lastName', 'relation'])
    .where('studentGuardian.clientId', '=', clientId)
    .where('student.clientId', '<>', clientId)
    .orderBy(byName('student.firstName'))
    .execute();
  return rows.map(({ firstName, lastName, ...row }) => ({ ...row, name: fullName({ firstName, lastName }) }));
}
