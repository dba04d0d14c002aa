import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { over } from './meeting-session.server.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'enqueue'>;

const atOnce = 500;
/** What was put on the queue has been taken by then, unless it was lost or the queue is that long. */
const restMs = 2 * 60_000;

/**
 * Finds meetings that nobody works on although something is to be done, the soonest first: their job was lost, a process
 * died, the provider came back. The job of `meeting.sweep`, every minute: it only puts jobs on the queue, and each looks
 * itself whether it is needed. @returns how many it found
 */
export async function sweepMeetings(ctx: Context): Promise<number> {
  const now = ctx.clock();
  return inTransaction(ctx.db, async (trx) => {
    const rooms = await listWaiting(trx, now);
    const former = await listLeft(trx, now);
    const found = [...new Set([...rooms, ...former])];
    if (found.length === 0) return 0;
    await trx.updateTable('meeting').set({ sweptAt: now }).where('sessionId', 'in', found).execute();
    for (const sessionId of rooms) await ctx.enqueue(trx, { name: 'meeting.provision', data: { sessionId } });
    for (const sessionId of former) await ctx.enqueue(trx, { name: 'meeting.release', data: { sessionId } });
    return found.length;
  });
}

const before = (now: Date, ms: number) => new Date(now.getTime() - ms);

/** Free to be taken up, and not just put on the queue. */
const unattended = (now: Date) => sql<boolean>`(m.claimed_until is null or m.claimed_until <= ${now})
  and (m.swept_at is null or m.swept_at <= ${before(now, restMs)})`;

async function listWaiting(db: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ sessionId: string }>`
    select m.session_id from meeting m join session s on s.id = m.session_id
    where m.state in ('pending', 'failed') and (m.state = 'pending' or m.next_attempt_at is not null)
      and (m.next_attempt_at is null or m.next_attempt_at <= ${now})
      and s.ends_at > ${now} and s.status <> all(${[...over]}) and ${unattended(now)}
    order by s.starts_at limit ${atOnce}`.execute(db);
  return rows.map((row) => row.sessionId);
}

async function listLeft(db: Kysely<DB>, now: Date): Promise<string[]> {
  const due = sql<boolean>`(m.release_at is null or m.release_at <= ${now})`;
  const { rows } = await sql<{ sessionId: string }>`
    select m.session_id from meeting m where m.data ? 'former' and ${due} and ${unattended(now)}
    union
    select m.session_id from session s join meeting m on m.session_id = s.id
    where s.starts_at > ${before(now, 86_400_000)} and s.status = any(${[...over]}) and m.state <> 'released'
      and ${due} and ${unattended(now)}
    limit ${atOnce}`.execute(db);
  return rows.map((row) => row.sessionId);
}
