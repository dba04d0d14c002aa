import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { saveRules } from '#app/domain/organisation/save-rules.server.ts';
import type { DB } from '#db/types.ts';
import { type MeetingRules, readMeetingRules } from './meeting-rules.ts';

/** What an administrator has set about meetings, the defaults filled in. */
export async function getMeetingRules(db: Kysely<DB>): Promise<MeetingRules> {
  const row = await db.selectFrom('organisation').select('meetings').executeTakeFirst();
  return readMeetingRules(row?.meetings);
}

/** Sets some of the rules, leaving the others as they are. Throws a ZodError for bad values. */
export const saveMeetingRules = (db: Kysely<DB>, actor: Actor, changes: Partial<MeetingRules>): Promise<MeetingRules> =>
  saveRules(db, actor, 'meetings', readMeetingRules, changes);
