import type { Kysely } from 'kysely';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';

export interface Exclusion {
  tutorId: string;
  tutorName: string;
  reason: string;
}

/** The tutors a student must not be given, by name. */
export async function listExclusions(db: Kysely<DB>, studentId: string): Promise<Exclusion[]> {
  const rows = await db
    .selectFrom('tutorExclusion')
    .innerJoin('tutor', 'tutor.id', 'tutorExclusion.tutorId')
    .select(['tutorId', 'reason', 'tutor.firstName', 'tutor.lastName'])
    .where('studentId', '=', studentId)
    .orderBy('tutor.firstName')
    .orderBy('tutor.lastName')
    .execute();
  return rows.map(({ tutorId, reason, ...tutor }) => ({ tutorId, tutorName: fullName(tutor), reason }));
}
