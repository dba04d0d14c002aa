import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';

/** What people wrote: of these the log keeps that they changed, not what they say. */
export const CLOSE_OUT_WORDS = ['notes', 'privateNote', 'homework', 'homeworkDueOn', 'nextTopics', 'summary'] as const;

/** A close-out as the log compares it before and after; undefined: there is none. */
export async function findCloseOutState(
  trx: Transaction<DB>,
  sessionId: string,
): Promise<({ outcomes: Record<string, string> } & Record<string, unknown>) | undefined> {
  const row = await trx
    .selectFrom('closeOut')
    .select(['actualStartsAt', 'actualMinutes', 'paidMinutes', 'miles', ...CLOSE_OUT_WORDS])
    .where('sessionId', '=', sessionId)
    .executeTakeFirst();
  if (!row) return undefined;
  const places = await trx
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', sessionId)
    .where('outcome', 'not in', ['planned', 'cancelled', 'late_cancel'])
    .orderBy('studentId')
    .execute();
  return { ...row, outcomes: Object.fromEntries(places.map((place) => [place.studentId, place.outcome])) };
}
