import { type Kysely, sql } from 'kysely';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { MessageRules } from './message-rules.ts';
import { type MailContext, queueMails } from './queue-mail.server.ts';
import { listReminderLetters, type ReminderLetter, writeReminders } from './reminder-letters.server.ts';
import { heldUntil, quietBegunIn, timeOf } from './reminder-times.ts';
import { getMessageRules } from './save-message-rules.server.ts';

/** So many sessions in one transaction. */
const PART = 500;

/**
 * Reminds of sessions; the handler of the job `sessions.remind`, once a minute. Due is what came due since the last run that
 * finished, so a run that dies is done again and one that was missed is caught up; nobody is told twice, since each reminder is
 * its own by session, start, time and address. What was booked or moved inside that time before the start was told of just then.
 * At the beginning of a zone's quiet hours those go out that would come too late after them. Returns how many were written.
 */
export async function remindSessions(db: Kysely<DB>, ctx: MailContext): Promise<number> {
  const now = ctx.clock();
  const run = await db.selectFrom('reminderRun').select('doneTo').executeTakeFirst();
  const from = run?.doneTo;
  const rules = await getMessageRules(db);
  let written = 0;
  if (from && from < now) {
    const times = await timesOf(db, rules);
    const due = { from, to: now, times, before: null };
    written += await eachPart(db, due, (trx, wanted) => remindDue(trx, ctx, wanted, { rules, now }));
    for (const { zone, to } of await eveningsIn(db, rules, from, now)) {
      const night = { from: now, to, times, before: new Date(to.getTime() + 30 * 60_000) };
      written += await eachPart(db, night, (trx, wanted) => remindBeforeNight(trx, ctx, wanted, { rules, now, zone }));
    }
  }
  await db
    .updateTable('reminderRun')
    .set({ doneTo: sql<Date>`greatest(done_to, ${now}::timestamptz)` })
    .execute();
  return written;
}

/** Every number of minutes before the start at which somebody may be reminded. */
async function timesOf(db: Kysely<DB>, rules: MessageRules): Promise<number[]> {
  const { rows } = await sql<{ minutes: number }>`
    SELECT DISTINCT unnest(minutes_before) AS minutes FROM mail_preference WHERE kind = 'reminders' AND wanted`.execute(db);
  const own = rules.families_choose ? rows.map((row) => row.minutes) : [];
  return [...new Set([...rules.remind_family, ...rules.remind_student, ...rules.remind_tutor, ...own])];
}

interface Window {
  /** Reminders that come due after this, until that. */
  from: Date;
  to: Date;
  times: readonly number[];
  /** Only sessions that begin before it. */
  before: Date | null;
}

type Wanted = Map<string, number[]>;

/** The sessions with a reminder due in the window, in parts, each in a transaction of its own. */
async function eachPart(
  db: Kysely<DB>,
  { from, to, times, before }: Window,
  work: (trx: Kysely<DB>, wanted: Wanted) => Promise<number>,
): Promise<number> {
  let done = 0;
  let last: { startsAt: Date; id: string } | undefined;
  for (;;) {
    const { rows } = await sql<{ id: string; startsAt: Date; minutes: number[] }>`
      SELECT s.id, s.starts_at, array_agg(t.minutes) AS minutes
      FROM unnest(${times}::integer[]) AS t(minutes)
        JOIN session s ON s.starts_at > ${from}::timestamptz + make_interval(mins => t.minutes)
          AND s.starts_at <= ${to}::timestamptz + make_interval(mins => t.minutes)
      WHERE s.status = 'scheduled'
        ${before ? sql`AND s.starts_at < ${before}` : sql``}
        ${last ? sql`AND (s.starts_at, s.id) > (${last.startsAt}, ${last.id})` : sql``}
      GROUP BY s.id, s.starts_at ORDER BY s.starts_at, s.id LIMIT ${PART}`.execute(db);
    last = rows.at(-1);
    if (!last) return done;
    const wanted = new Map(rows.map((row) => [row.id, row.minutes]));
    done += await inTransaction(db, (trx) => work(trx, wanted));
    if (rows.length < PART) return done;
  }
}

/** Of several that are due at once, after a pause, the nearest to the start alone. */
async function remindDue(trx: Kysely<DB>, ctx: MailContext, wanted: Wanted, { rules, now }: { rules: MessageRules; now: Date }) {
  const letters = await listReminderLetters(trx, wanted, { rules, now });
  return write(
    trx,
    ctx,
    letters.flatMap((letter) => {
      const minutes = Math.min(...letter.minutes);
      const notBefore = heldUntil({ startsAt: letter.session.startsAt, minutes, zone: letter.zone }, rules, now);
      return notBefore === undefined ? [] : [{ letter, minutes, notBefore }];
    }),
  );
}

/** What will be due this night and would come too late in the morning, to readers in whose zone it has just begun. */
async function remindBeforeNight(
  trx: Kysely<DB>,
  ctx: MailContext,
  wanted: Wanted,
  { rules, now, zone }: { rules: MessageRules; now: Date; zone: string },
) {
  const letters = await listReminderLetters(trx, wanted, { rules, now });
  return write(
    trx,
    ctx,
    letters
      .filter((letter) => letter.zone === zone)
      .flatMap((letter) =>
        letter.minutes
          .filter((minutes) => 'beforeQuiet' in timeOf({ startsAt: letter.session.startsAt, minutes, zone }, rules))
          .map((minutes) => ({ letter, minutes, notBefore: null })),
      ),
  );
}

async function write(
  trx: Kysely<DB>,
  ctx: MailContext,
  letters: readonly { letter: ReminderLetter; minutes: number; notBefore: Date | null }[],
): Promise<number> {
  return queueMails(trx, ctx, await writeReminders(trx, ctx, letters));
}

/** The zones of readers whose quiet hours began since the last run, and when they are over. */
async function eveningsIn(db: Kysely<DB>, rules: MessageRules, from: Date, now: Date): Promise<{ zone: string; to: Date }[]> {
  if (!rules.quiet) return [];
  const { rows } = await sql<{ zone: string }>`
    SELECT timezone AS zone FROM users WHERE timezone IS NOT NULL UNION SELECT timezone FROM client WHERE timezone IS NOT NULL
    UNION SELECT timezone FROM student WHERE timezone IS NOT NULL UNION SELECT timezone FROM tutor WHERE timezone IS NOT NULL
    UNION SELECT timezone FROM organisation`.execute(db);
  return rows.flatMap(({ zone }) => {
    const quiet = quietBegunIn(zone, rules, from, now);
    return quiet ? [{ zone, to: quiet.to }] : [];
  });
}
