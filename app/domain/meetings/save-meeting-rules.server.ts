import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type MeetingRules, meetingRulesSchema, readMeetingRules } from './meeting-rules.ts';

/** What an administrator has set about meetings, the defaults filled in. */
export async function getMeetingRules(db: Kysely<DB>): Promise<MeetingRules> {
  const row = await db.selectFrom('organisation').select('meetings').executeTakeFirst();
  return readMeetingRules(row?.meetings);
}

/** Sets some of the rules, leaving the others as they are. Throws a ZodError for bad values. */
export async function saveMeetingRules(db: Kysely<DB>, actor: Actor, changes: Partial<MeetingRules>): Promise<MeetingRules> {
  return inTransaction(db, async (trx) => {
    const row = await trx.selectFrom('organisation').select('meetings').forUpdate().executeTakeFirstOrThrow();
    const before = readMeetingRules(row.meetings);
    const after = meetingRulesSchema.parse({ ...before, ...changes });
    const keys = (Object.keys(after) as (keyof MeetingRules)[]).filter((key) => after[key] !== before[key]);
    if (keys.length === 0) return after;
    await trx
      .updateTable('organisation')
      .set({ meetings: JSON.stringify(after) })
      .execute();
    const pick = (from: MeetingRules) => Object.fromEntries(keys.map((key) => [key, from[key]]));
    await audit(trx, actor, {
      action: 'organisation.meetings',
      subjectType: 'organisation',
      subjectId: null,
      before: pick(before),
      after: pick(after),
    });
    return after;
  });
}
