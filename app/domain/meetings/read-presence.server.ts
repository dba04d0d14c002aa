import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type Presence, z } from '#plugins/contract/index.ts';
import { listExpected, ownerOf } from './expected-people.server.ts';
import { failureOf } from './provider-failure.ts';
import { toldText } from './told-text.server.ts';

/** So long after a session's end its provider is asked who was there; again while its report is not complete. */
const ASKED_AFTER_MINUTES = [2, 15, 60, 360, 1440];

/** So many sessions are asked after at once; the others a few minutes later. */
const AT_ONCE = 100;

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'log'>;

interface Due {
  sessionId: string;
  installId: string;
  connectionId: string | null;
  ref: string;
  joinUrl: string | null;
}

/** Reads the reports of sessions that are over, of providers that give one. A job; what fails is asked again later. */
export async function readPresence(ctx: Context): Promise<void> {
  for (const due of await listDue(ctx.db, ctx.clock())) await readOne(ctx, due);
}

async function listDue(db: Kysely<DB>, now: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    SELECT m.session_id, m.install_id, m.connection_id, m.ref, m.join_url
    FROM meeting m JOIN session s ON s.id = m.session_id
    WHERE m.ref IS NOT NULL AND s.status NOT IN ('cancelled', 'late_cancelled', 'declined', 'rescheduled', 'requested')
      AND s.ends_at > ${now}::timestamptz - interval '2 days'
      -- Of the starts there is an index: neither the years before nor what is planned is looked through every time.
      AND s.starts_at BETWEEN ${now}::timestamptz - interval '4 days' AND ${now}
      AND EXISTS (SELECT 1 FROM unnest(${ASKED_AFTER_MINUTES}::int[]) AS after(minutes)
                  WHERE s.ends_at + make_interval(mins => after.minutes) <= ${now}
                    AND (m.presence_read_at IS NULL OR m.presence_read_at < s.ends_at + make_interval(mins => after.minutes)))
      AND NOT (EXISTS (SELECT 1 FROM meeting_presence p WHERE p.session_id = s.id AND p.source = 'report')
               AND NOT EXISTS (SELECT 1 FROM meeting_presence p
                               WHERE p.session_id = s.id AND p.source = 'report' AND p.left_at IS NULL))
    ORDER BY s.ends_at, s.id LIMIT ${AT_ONCE}`.execute(db);
  return rows;
}

const text = z.string().max(500).transform(toldText);
const report = z
  .array(
    z.object({
      person: z.object({ key: text, name: text, email: text.nullable(), userId: text.nullable() }),
      joinedAt: z.date(),
      leftAt: z.date().nullable(),
    }),
  )
  .max(2_000);

async function readOne(ctx: Context, due: Due): Promise<void> {
  const { sessionId, installId } = due;
  let stays: Presence[] = [];
  try {
    const { provider, context } = await ctx.plugins.meetingProvider(ctx.db, installId, { disabledToo: true });
    if (provider.attendance) {
      const have = { ref: due.ref, joinUrl: due.joinUrl };
      stays = report.parse(await provider.attendance(context(`attendance:${sessionId}`, due.connectionId), have));
    }
  } catch (error) {
    ctx.log.warn({ sessionId, installId, code: failureOf(error).code }, 'no report of who was there');
  }
  await keep(ctx, due, stays);
}

/** An empty report takes nothing away: a provider forgets after some weeks, and may just not be ready. */
async function keep(ctx: Context, { sessionId, installId }: Due, stays: readonly Presence[]): Promise<void> {
  await inTransaction(ctx.db, async (trx) => {
    await trx
      .updateTable('meeting')
      .set({ presenceReadAt: ctx.clock() })
      .where('sessionId', '=', sessionId)
      .where('installId', '=', installId)
      .execute();
    if (stays.length === 0) return;
    const source = 'report' as const;
    await trx.deleteFrom('meetingPresence').where('sessionId', '=', sessionId).where('source', '=', source).execute();
    const expected = await listExpected(trx, sessionId);
    for (const { person, joinedAt, leftAt } of stays) {
      const owner = await ownerOf(trx, expected, person);
      const stay = { joinedAt, leftAt: leftAt && leftAt < joinedAt ? joinedAt : leftAt };
      await trx
        .insertInto('meetingPresence')
        .values({
          sessionId,
          installId,
          source,
          personKey: person.key,
          name: person.name,
          email: person.email,
          ...owner,
          ...stay,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}
