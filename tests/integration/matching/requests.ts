import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';
import { aRequest } from '#tests/factories/index.ts';

type Times = Omit<Insertable<DB['requestTime']>, 'requestId'>[];

/** Online, an hour a week, at any time, unless told. */
export async function aRequestAt(
  db: Kysely<DB>,
  { times = [], ...over }: Parameters<typeof aRequest>[1] & { times?: Times },
): Promise<Selectable<DB['request']> & { studentId: string }> {
  const request = await aRequest(db, { mode: 'online', sessionMinutes: 60, sessionsPerWeek: 1, ...over });
  if (times.length > 0) {
    const rows = times.map((time) => ({ ...time, requestId: request.id }));
    await db.insertInto('requestTime').values(rows).execute();
  }
  return { ...request, studentId: request.studentId ?? '' };
}

export async function aClearanceType(db: Kysely<DB>, values: Insertable<DB['clearanceType']>): Promise<string> {
  const { id } = await db.insertInto('clearanceType').values(values).returning('id').executeTakeFirstOrThrow();
  return id;
}
