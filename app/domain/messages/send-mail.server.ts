import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { JobData } from '#app/jobs/job-types.ts';
import type { DB } from '#db/types.ts';
import { smtpTransport } from '#emails/transport.ts';
import { handOver } from './hand-over.server.ts';
import { getMailOverrides } from './mail-overrides.server.ts';
import { takePlaces } from './pace.server.ts';
import { refreshReminders } from './refresh-reminders.server.ts';

export type SendContext = Pick<AppContext, 'db' | 'config' | 'clock' | 'log' | 'plugins' | 'enqueue'>;

/** A turn that comes within this time is not waited for in the queue. */
const SOON_MS = 2_000;

/**
 * Sends what waits in the outbox; the handler of the job `mail.send`. A mail that was sent is never sent again. What is held
 * back, has not its turn yet, or could not be handed over comes back by a job of its own at that time, so that each mail's
 * pauses grow by themselves; a refusal for good is written to the mail's row. Where the server can't be reached the rest of
 * the piece isn't tried. Without SMTP outside production a mail is kept for the page of sent mails instead.
 * @throws the first error that is neither the mail's nor the server's, once all were tried: the queue comes back
 */
export async function sendMail(ctx: SendContext, { mailIds, paced, turn }: JobData<'mail.send'>): Promise<void> {
  const { db, config } = ctx;
  const due = await dueOf(db, mailIds, ctx.clock());
  if (due.length > 0 && !(await hasTurn(ctx, due, { paced, turn }))) return;

  const transport = config.smtpUrl ? smtpTransport(config.smtpUrl, new URL(config.origin).hostname) : undefined;
  await refreshReminders(db, ctx, due);
  const overrides = await getMailOverrides(db);
  const broken: unknown[] = [];
  for (const mailId of due) {
    try {
      const outcome = await alone(db, mailId, (held) => handOver(held, ctx, { transport, overrides }, mailId));
      if (outcome !== 'unreachable') continue;
      await waitTogether(db, due, ctx.clock());
      break;
    } catch (error) {
      ctx.log.error({ err: error, mailId }, 'a mail could not be worked on');
      broken.push(error);
    }
  }
  await comeBack(ctx, mailIds, { paced });
  if (broken.length > 0) throw broken[0];
}

/** Those of them that wait and whose time has come. */
async function dueOf(db: Kysely<DB>, mailIds: readonly string[], now: Date): Promise<string[]> {
  const rows = await waitingOf(db, mailIds);
  return rows.filter((row) => row.at === null || row.at <= now).map((row) => row.id);
}

async function waitingOf(db: Kysely<DB>, mailIds: readonly string[]) {
  if (mailIds.length === 0) return [];
  return db
    .selectFrom('mailMessage')
    .select(['id', sql<Date | null>`greatest(not_before, next_try_at)`.as('at')])
    .where('id', 'in', [...mailIds])
    .where('status', 'in', ['queued', 'sending'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
}

/** Takes the mails' places in the pace. What can't wait goes at once and the others move back. */
async function hasTurn(
  ctx: SendContext,
  due: readonly string[],
  { paced, turn }: { paced: boolean | undefined; turn: boolean | undefined },
): Promise<boolean> {
  const { db, config } = ctx;
  if (turn || !config.smtpUrl) return true;
  const now = ctx.clock();
  const at = await takePlaces(db, { mails: due.length, perMinute: config.mailPerMinute, now });
  if (!paced || at.getTime() <= now.getTime() + SOON_MS) return true;
  await db
    .updateTable('mailMessage')
    .set({ nextTryAt: at })
    .where('id', 'in', [...due])
    .execute();
  await ctx.enqueue(db, { name: 'mail.send', data: { mailIds: due, paced: true, turn: true } }, { startAfter: at });
  return false;
}

/** The server is away: what wasn't tried waits as long as what was. */
async function waitTogether(db: Kysely<DB>, due: readonly string[], now: Date): Promise<void> {
  await sql`
    UPDATE mail_message SET next_try_at = (SELECT max(next_try_at) FROM mail_message WHERE id = ANY(${due}::uuid[]))
    WHERE id = ANY(${due}::uuid[]) AND status = 'queued' AND (next_try_at IS NULL OR next_try_at <= ${now})`.execute(db);
}

/** One job for those of the piece that wait, at the time of the first of them. */
async function comeBack(ctx: SendContext, mailIds: readonly string[], data: { paced: boolean | undefined }): Promise<void> {
  const rows = await waitingOf(ctx.db, mailIds);
  const times = rows.flatMap((row) => (row.at === null ? [] : [row.at.getTime()]));
  // One without a time is worked on by another process at this moment, which brings it back itself.
  const ids = rows.filter((row) => row.at !== null).map((row) => row.id);
  if (ids.length === 0) return;
  const startAfter = new Date(Math.max(Math.min(...times), ctx.clock().getTime() + 1_000));
  const paced = data.paced ? { paced: true } : {};
  await ctx.enqueue(ctx.db, { name: 'mail.send', data: { mailIds: ids, ...paced } }, { startAfter });
}

/** One process at a time per mail. The lock ends with the connection, so that a crash never blocks the mail. */
async function alone<T>(db: Kysely<DB>, mailId: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T | undefined> {
  return db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`mail:${mailId}`}, 0)`;
    const { rows } = await sql<{ got: boolean }>`SELECT pg_try_advisory_lock(${key}) AS got`.execute(connection);
    if (!rows[0]?.got) return undefined;
    try {
      return await work(connection);
    } finally {
      await sql`SELECT pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}
