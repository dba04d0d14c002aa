import { sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** The session's row, locked for a change. @throws DomainError not_found */
export async function lockSession(trx: Transaction<DB>, sessionId: string) {
  const session = await trx.selectFrom('session').selectAll().where('id', '=', sessionId).forUpdate().executeTakeFirst();
  if (!session) throw new DomainError('not_found', 'This session does not exist.');
  return session;
}

/** @throws DomainError conflict when somebody changed it since it was read */
export function checkVersion(session: { version: number }, version: number): void {
  if (session.version !== version) {
    throw new DomainError(
      'conflict',
      'Somebody else changed this session while you were looking at it. Look again before you save.',
    );
  }
}

/** Why a session can't be moved, if it can't. */
export function whyNotMoved(status: string, outcomes: readonly string[]): string | undefined {
  if (status !== 'scheduled') return 'Only a planned session can be moved.';
  // Its fee was settled for this time and this length; it must not follow the others to another.
  if (outcomes.includes('late_cancel'))
    return 'A place was cancelled late and settled for this time. Cancel the others and book them anew at the other time.';
  return undefined;
}

/**
 * A late cancellation is settled and invoiced at once, before the session takes place: it doesn't keep the others of a
 * group from being closed out, since no close-out speaks of it.
 * @throws DomainError locked when the session is on an issued invoice or in an approved pay run
 */
export async function checkUnlocked(
  trx: Transaction<DB>,
  sessionId: string,
  { closingOut = false }: { closingOut?: boolean } = {},
): Promise<void> {
  const { rows } = await sql<{ what: string }>`
    SELECT 'an invoice run' AS what FROM charge c JOIN attendance a ON a.id = c.attendance_id AND a.revision = c.revision
    WHERE a.session_id = ${sessionId} AND c.run_id IS NOT NULL AND c.reversed_at IS NULL
      AND NOT (${closingOut} AND a.outcome = 'late_cancel')
    UNION ALL
    SELECT 'a pay run' FROM pay_item p JOIN session s ON s.id = p.session_id AND s.revision = p.revision
    WHERE p.session_id = ${sessionId} AND p.run_id IS NOT NULL
    LIMIT 1
  `.execute(trx);
  const [lock] = rows;
  if (lock) {
    throw new DomainError('locked', `This session is in ${lock.what} already. Credit its line or correct the pay first.`);
  }
}

export async function bumpVersion(trx: Transaction<DB>, sessionId: string): Promise<void> {
  await sql`UPDATE session SET version = version + 1 WHERE id = ${sessionId}`.execute(trx);
}
