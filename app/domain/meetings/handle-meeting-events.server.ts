import { type Kysely, sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { MeetingEvent } from '#plugins/contract/index.ts';
import { listExpected, ownerOf } from './expected-people.server.ts';
import { withMark } from './stays.ts';
import { toldEvent } from './told-text.server.ts';

type Context = Pick<DomainContext, 'clock' | 'enqueue'>;

/**
 * What a meeting provider told us, each event once, in whichever order: that it came and what it did commit together, so
 * that one which failed is simply told again. Rooms that are not ours, or no longer, are of no concern. Calls nobody.
 */
export async function handleMeetingEvents(
  db: Kysely<DB>,
  ctx: Context,
  { installId, events }: { installId: string; events: readonly MeetingEvent[] },
): Promise<void> {
  for (const told of events) {
    const event = toldEvent(told);
    await inTransaction(db, async (trx) => {
      const now = ctx.clock();
      const isNew = await trx
        .insertInto('pluginEvent')
        .values({ installId, eventKey: event.key, type: event.type, receivedAt: now, handledAt: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('eventKey')
        .executeTakeFirst();
      if (!isNew || event.fact === 'other') return;
      const result = await apply(trx, ctx, installId, event);
      await trx
        .updateTable('pluginEvent')
        .set({ result })
        .where('installId', '=', installId)
        .where('eventKey', '=', event.key)
        .execute();
    });
  }
}

type Told = Exclude<MeetingEvent, { fact: 'other' }>;

async function apply(trx: Transaction<DB>, ctx: Context, installId: string, event: Told): Promise<string> {
  // Locked, so that two events of one room are paired one after the other.
  const meeting = await trx
    .selectFrom('meeting')
    .innerJoin('session', 'session.id', 'meeting.sessionId')
    .select(['meeting.sessionId', 'meeting.state', 'session.status', 'session.endsAt'])
    .where('meeting.installId', '=', installId)
    .where('meeting.ref', '=', event.ref)
    .orderBy(sql`abs(extract(epoch from session.starts_at - ${event.at}::timestamptz))`)
    .limit(1)
    .forUpdate('meeting')
    .executeTakeFirst();
  if (!meeting) return 'of no room of ours';
  const { sessionId } = meeting;
  switch (event.fact) {
    case 'started':
      await setTime(trx, sessionId, sql`started_at = least(coalesce(started_at, ${event.at}), ${event.at})`);
      return 'began';
    case 'ended':
      await setTime(trx, sessionId, sql`ended_at = greatest(coalesce(ended_at, ${event.at}), ${event.at})`);
      return 'ended';
    case 'gone': {
      const wanted = meeting.status === 'scheduled' && meeting.state === 'ready' && ctx.clock() < meeting.endsAt;
      if (!wanted) return 'was not needed any more';
      await trx
        .updateTable('meeting')
        .set({
          ...{ state: 'pending', ref: null, joinUrl: null, attempts: 0, nextAttemptAt: null, errorCode: 'not_found' },
          error: 'Somebody removed the room at the provider. Another one is being made.',
        })
        .where('sessionId', '=', sessionId)
        .execute();
      await ctx.enqueue(trx, { name: 'meeting.provision', data: { sessionId } });
      return 'another room is made';
    }
    case 'joined':
    case 'left': {
      const { person } = event;
      const own = { sessionId, source: 'webhook', personKey: person.key } as const;
      const stays = await trx
        .deleteFrom('meetingPresence')
        .where('sessionId', '=', sessionId)
        .where('source', '=', own.source)
        .where('personKey', '=', person.key)
        .returning(['joinedAt', 'leftAt'])
        .execute();
      const owner = await ownerOf(trx, await listExpected(trx, sessionId), person);
      const next = withMark(stays, event);
      await trx
        .insertInto('meetingPresence')
        .values(next.map((stay) => ({ ...own, ...stay, ...owner, installId, name: person.name, email: person.email })))
        .execute();
      return event.fact === 'joined' ? 'came in' : 'went';
    }
  }
}

async function setTime(trx: Transaction<DB>, sessionId: string, change: ReturnType<typeof sql>): Promise<void> {
  await sql`UPDATE meeting SET ${change} WHERE session_id = ${sessionId}`.execute(trx);
}
