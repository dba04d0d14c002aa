import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';

/** Of the given pair since 2020, planned as the rules say unless told. */
export async function anEngagement(
  db: Kysely<DB>,
  of: { tutorId: string; studentId: string; programId: string; subjectId: string },
  over: Partial<Insertable<DB['engagement']>> = {},
): Promise<Selectable<DB['engagement']>> {
  return db
    .insertInto('engagement')
    .values({ startsOn: '2020-01-01', ...of, ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}
