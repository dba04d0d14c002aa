import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

interface Pair {
  tutorId: string;
  studentIds: readonly string[];
  programId: string;
  subjectId: string;
  /** The start date in the organisation's zone. */
  localDate: string;
}

/**
 * The engagement a session is booked for: the one that was named, else that of its tutor and only student for the program
 * and subject on that day. A group has none of its own.
 * @throws DomainError unknown_reference when the one named is of others, or not of that day
 */
export async function engagementOf(db: Kysely<DB>, pair: Pair, named?: string | null): Promise<string | null> {
  const [studentId, ...others] = pair.studentIds;
  const only = studentId !== undefined && others.length === 0;
  if (named === undefined && !only) return null;
  const found = await db
    .selectFrom('engagement')
    .select('id')
    .where('tutorId', '=', pair.tutorId)
    .where('studentId', '=', sql<string>`ANY(${[...pair.studentIds]}::uuid[])`)
    .where('programId', '=', pair.programId)
    .where('subjectId', '=', pair.subjectId)
    .where('startsOn', '<=', pair.localDate)
    .where((eb) => eb.or([eb('endsOn', 'is', null), eb('endsOn', '>=', pair.localDate)]))
    .$if(named !== undefined && named !== null, (query) => query.where('id', '=', named ?? null))
    .orderBy('startsOn', 'desc')
    .executeTakeFirst();
  if (named && !found)
    throw new DomainError('unknown_reference', 'This engagement is of other people, another subject, or another time.', {
      field: 'engagementId',
    });
  return found?.id ?? null;
}
