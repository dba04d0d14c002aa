import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import type { RequestValues } from './request.schema.ts';
import type { RequestTime } from './request-times.ts';

/** The row of a request but for its custom fields. Hours a week follow from length and number; the zone is kept, so that times stay what they were. */
export async function requestColumns(trx: Transaction<DB>, said: RequestValues) {
  const { times: _times, tags: _tags, ...columns } = said;
  const minutes = said.sessionMinutes === null ? null : said.sessionMinutes * (said.sessionsPerWeek ?? 1);
  const { timezone } = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  return {
    ...columns,
    zone: said.zone ?? timezone,
    hoursPerWeek: minutes === null ? null : (minutes / 60).toFixed(2),
  };
}

export async function writeTimes(trx: Transaction<DB>, requestId: string, times: readonly RequestTime[]): Promise<void> {
  await trx.deleteFrom('requestTime').where('requestId', '=', requestId).execute();
  if (times.length === 0) return;
  await trx
    .insertInto('requestTime')
    .values(times.map((time) => ({ requestId, ...time })))
    .execute();
}
