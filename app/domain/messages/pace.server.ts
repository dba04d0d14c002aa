import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/**
 * Gives away the next `mails` places of the pace that all processes keep together, `perMinute` mails in the long run.
 * Returns when they are to go: now, or later where others have taken the time until then. One short statement.
 */
export async function takePlaces(
  db: Kysely<DB>,
  { mails, perMinute, now }: { mails: number; perMinute: number; now: Date },
): Promise<Date> {
  const seconds = (mails * 60) / perMinute;
  const { rows } = await sql<{ at: Date }>`
    UPDATE mail_pace SET taken_to = greatest(taken_to, ${now}::timestamptz) + make_interval(secs => ${seconds})
    RETURNING taken_to - make_interval(secs => ${seconds}) AS at`.execute(db);
  return rows[0]?.at ?? now;
}
