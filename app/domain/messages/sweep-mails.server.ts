import { sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { enqueueMails } from './queue-mail.server.ts';

/** Mails that should have gone so long ago are worked on by nobody: their job was lost. */
const LOST_AFTER_MINUTES = 15;
const AT_ONCE = 5_000;

/**
 * Brings back mails that wait and that no job is about, such as after a queue was restored from an older day; the handler of
 * the job `mails.sweep`. A mail with two jobs goes out once all the same. Returns how many there were.
 */
export async function sweepMails({
  db,
  clock,
  enqueue,
  log,
}: Pick<AppContext, 'db' | 'clock' | 'enqueue' | 'log'>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const now = clock();
    const { rows } = await sql<{ id: string; template: string; notBefore: null }>`
      UPDATE mail_message SET next_try_at = ${now}
      WHERE id IN (
        SELECT id FROM mail_message
        WHERE status IN ('queued', 'sending')
          AND coalesce(greatest(not_before, next_try_at), created_at) < ${now}::timestamptz - make_interval(mins => ${LOST_AFTER_MINUTES})
        ORDER BY created_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING id, template, NULL AS not_before`.execute(trx);
    if (rows.length === 0) return 0;
    log.warn({ mails: rows.length }, 'mails waited and nothing worked on them: they are tried again');
    await enqueueMails(trx, { enqueue }, rows);
    return rows.length;
  });
}
