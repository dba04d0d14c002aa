import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { trialOf } from './mail-trial.ts';
import { oneLine } from './queue-mail.server.ts';
import { listReminderLetters, writeReminders } from './reminder-letters.server.ts';
import { getMessageRules } from './save-message-rules.server.ts';
import type { SendContext } from './send-mail.server.ts';
import { WITHHELD } from './why-withheld.server.ts';

/**
 * Reminders among these mails are written anew before they go, since they may have waited for a night or a mail server: of a
 * session that was moved, cancelled or given to another tutor meanwhile, of a place that was given up, and of one that has
 * begun, none goes out. A handful of statements, whatever their number; one that is repeated by hand goes as it was.
 */
export async function refreshReminders(db: Kysely<DB>, ctx: SendContext, mailIds: readonly string[]): Promise<void> {
  if (mailIds.length === 0) return;
  const waiting = await db
    .selectFrom('mailMessage')
    .select(['id', 'sessionId', 'dedupeKey', 'data'])
    .where('id', 'in', [...mailIds])
    .where('template', '=', 'session-reminder')
    .where('resendOf', 'is', null)
    // One that a process was sending when it ended may be out: it stays the same.
    .where('status', '=', 'queued')
    .execute();
  // An administrator's test is of no session.
  const rows = waiting.filter((row) => trialOf(row.data) === undefined);
  if (rows.length === 0) return;
  const wanted = new Map<string, number[]>();
  for (const row of rows) {
    const { minutes } = row.data as { minutes: number };
    if (row.sessionId) wanted.set(row.sessionId, [...new Set([...(wanted.get(row.sessionId) ?? []), minutes])]);
  }
  const rules = await getMessageRules(db);
  const letters = await listReminderLetters(db, wanted, { rules, now: ctx.clock() });
  const each = letters.flatMap((letter) => letter.minutes.map((minutes) => ({ letter, minutes, notBefore: null })));
  const written = await writeReminders(db, ctx, each);
  const fresh = new Map(written.map((mail) => [mail.dedupeKey, mail]));
  for (const row of rows) {
    const mail = fresh.get(row.dedupeKey ?? '');
    if (!mail) {
      await db
        .updateTable('mailMessage')
        .set({ status: 'withheld', error: WITHHELD.overtaken, nextTryAt: null })
        .where('id', '=', row.id)
        .where('status', '=', 'queued')
        .execute();
      continue;
    }
    const was = row.data as Record<string, unknown>;
    const data = {
      ...was,
      ...mail.data,
      recipient: { name: oneLine(mail.to.name), address: mail.to.address },
      locale: was.locale,
    };
    await db
      .updateTable('mailMessage')
      .set({ data: JSON.stringify(data) })
      .where('id', '=', row.id)
      .execute();
  }
}
