import { sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { SessionFacts, StaleSession } from './stale-session.ts';

/** The session's row, locked for a change. @throws DomainError not_found */
export async function lockSession(trx: Transaction<DB>, sessionId: string) {
  const session = await trx.selectFrom('session').selectAll().where('id', '=', sessionId).forUpdate().executeTakeFirst();
  if (!session) throw new DomainError('not_found', 'This session does not exist.');
  return session;
}

interface Versioned {
  id: string;
  version: number;
  startsAt: Date;
  durationMinutes: number;
  tutorId: string;
}

/** @throws DomainError conflict (details: StaleSession) when somebody changed it since it was read */
export async function checkVersion(trx: Transaction<DB>, session: Versioned, version: number): Promise<void> {
  if (session.version === version) return;
  throw new DomainError(
    'conflict',
    'Somebody else changed this session while you were looking at it. Look again before you save.',
    { details: await staleSession(trx, session, version) },
  );
}

/** The first move since the version that was read says what it was then; without one it is still what was read. */
async function staleSession(trx: Transaction<DB>, session: Versioned, version: number): Promise<StaleSession> {
  const { rows } = await sql<{
    before: { startsAt: string; minutes: number; tutorId: string } | null;
    names: Record<string, string>;
  }>`
    WITH moved AS (
      SELECT before FROM audit_log
      WHERE session_id = ${session.id} AND action = 'session.reschedule' AND (before ->> 'version')::integer >= ${version}
      ORDER BY id LIMIT 1
    )
    SELECT (SELECT before FROM moved) AS before,
      (SELECT json_object_agg(id, concat_ws(' ', first_name, nullif(last_name, ''))) FROM tutor
        WHERE id IN (${session.tutorId}, (SELECT (before ->> 'tutorId')::uuid FROM moved))) AS names
  `.execute(trx);
  const [found] = rows;
  const facts = (startsAt: Date, durationMinutes: number, tutorId: string): SessionFacts => ({
    startsAt,
    durationMinutes,
    tutorId,
    tutorName: found?.names[tutorId] ?? '',
  });
  const now = facts(session.startsAt, session.durationMinutes, session.tutorId);
  const before = found?.before;
  const read = before ? facts(new Date(before.startsAt), before.minutes, before.tutorId) : now;
  return { read: { ...read, version }, now: { ...now, version: session.version } };
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
 * group from being closed out, since no close-out speaks of it. After a credit note the session can be set right and
 * billed again though its tutor is paid: the pay line stays as it was, and is corrected in the next run.
 * @throws DomainError locked when the session is on an issued invoice or in an approved pay run
 */
export async function checkUnlocked(
  trx: Transaction<DB>,
  sessionId: string,
  { closingOut = false }: { closingOut?: boolean } = {},
): Promise<void> {
  const { rows } = await sql<{ invoiced: boolean; paid: boolean; credited: boolean }>`
    SELECT
      EXISTS (
        SELECT 1 FROM charge c JOIN attendance a ON a.id = c.attendance_id AND a.revision = c.revision
        WHERE a.session_id = ${sessionId} AND c.run_id IS NOT NULL AND c.reversed_at IS NULL
          AND NOT (${closingOut} AND a.outcome = 'late_cancel')
      ) AS invoiced,
      ${isPaid(sessionId)} AS paid,
      EXISTS (SELECT 1 FROM attendance WHERE session_id = ${sessionId} AND left_out = 'credited') AS credited
  `.execute(trx);
  const [lock] = rows;
  if (lock?.invoiced)
    throw new DomainError('locked', 'This session is on an invoice: write a credit note for its line before you change it.');
  if (lock?.paid && !lock.credited)
    throw new DomainError('locked', 'This session is in a pay run: void the run, or correct the pay in the next one.');
}

/** A session in a pay run stays where it is. @throws DomainError locked */
export async function checkUnpaid(trx: Transaction<DB>, sessionId: string): Promise<void> {
  const { rows } = await sql<{ paid: boolean }>`SELECT ${isPaid(sessionId)} AS paid`.execute(trx);
  if (rows[0]?.paid) throw new DomainError('locked', 'This session is in a pay run: it can’t be moved.');
}

const isPaid = (sessionId: string) => sql<boolean>`EXISTS (
  SELECT 1 FROM pay_item p JOIN session s ON s.id = p.session_id AND s.revision = p.revision
  WHERE p.session_id = ${sessionId} AND p.run_id IS NOT NULL
)`;

export async function bumpVersion(trx: Transaction<DB>, sessionId: string): Promise<void> {
  await sql`UPDATE session SET version = version + 1 WHERE id = ${sessionId}`.execute(trx);
}
