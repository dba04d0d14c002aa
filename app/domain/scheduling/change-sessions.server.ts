import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { queueScheduleMails, type ScheduleChange } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { cancelSession } from './cancel-session.server.ts';
import { reasonText } from './cancellation-reason.schema.ts';
import { reasonLabelOf } from './cancellation-reason-queries.server.ts';
import { clashOf, lockResources } from './conflicts.server.ts';
import { rescheduleSession } from './reschedule-session.server.ts';
import type { ChangeOutcome, ChangeResult, ChangeSessionsInput, Choice } from './session-changes.ts';
import { instantToWall } from './wall-time.ts';

/**
 * Does with each of many sessions what was chosen for it, in one transaction, and tells everybody concerned once. What
 * can't be done any more (somebody took the time, or changed the session) is told of by session; the others are done, or
 * none, as asked. Repeating it changes nothing and tells nobody again.
 * @throws DomainError conflict where one failed and nothing was to be done then (`details.results`)
 */
export async function changeSessions(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ChangeSessionsInput,
): Promise<ChangeOutcome> {
  return inTransaction(db, async (trx) => {
    const outcome = await changeAll(trx, ctx, actor, input);
    const failed = outcome.results.filter((result) => result.state === 'failed');
    if (failed.length > 0 && input.onFailure === 'nothing') {
      const which = failed.length === 1 ? 'One of these sessions' : `${failed.length} of these sessions`;
      throw new DomainError('conflict', `${which} can’t be changed like that any more, so nothing was done.`, {
        details: { results: outcome.results },
      });
    }
    return outcome;
  });
}

class Undone extends Error {
  readonly outcome: ChangeOutcome;
  constructor(outcome: ChangeOutcome) {
    super('a preview is never kept');
    this.outcome = outcome;
  }
}

/** What changeSessions would come to now: it is done and taken back, so nothing of it can differ. */
export async function previewChanges(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ChangeSessionsInput,
): Promise<ChangeOutcome> {
  try {
    return await inTransaction(db, async (trx) => {
      throw new Undone(await changeAll(trx, ctx, actor, input));
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

interface Seen {
  id: string;
  version: number;
  status: string;
  tutorId: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  wallStart: string;
  zone: string;
  clientIds: string[];
}

async function changeAll(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ChangeSessionsInput,
): Promise<ChangeOutcome> {
  const decisions = input.decisions.filter(({ choice }) => choice.kind !== 'keep');
  const ids = decisions.map(({ sessionId }) => sessionId);
  const sessions = await lockAll(
    trx,
    ctx,
    ids,
    decisions.flatMap(({ choice }) => (choice.kind === 'substitute' ? [choice.tutorId] : [])),
  );
  const before = await creditsOf(trx, ids);
  const results: ChangeResult[] = [];
  const changes: ScheduleChange[] = [];
  const tutors = new Set<string>();
  const families = new Set<string>();
  for (const { sessionId, version, choice } of decisions) {
    const session = sessions.get(sessionId);
    const result = await attempt(trx, ctx, actor, { ...input, session, version, choice });
    results.push({ sessionId, choice, ...result });
    if (result.state !== 'done' || !session) continue;
    changes.push(changeOf(session, choice));
    for (const clientId of session.clientIds) families.add(clientId);
    tutors.add(session.tutorId);
    if (choice.kind === 'substitute') tutors.add(choice.tutorId);
  }
  const label = await reasonLabelOf(trx, input.reasonId, input.by);
  await queueScheduleMails(trx, ctx, { cause: reasonText(label, input.reason) || null, changes });
  const done = results.filter((result) => result.state === 'done').map((result) => result.sessionId);
  return {
    results,
    families: families.size,
    tutors: tutors.size,
    ...(await lateFeesOf(trx, done)),
    creditsReturned: before - (await creditsOf(trx, ids)),
  };
}

/** Everyone and everything concerned, in the order every booking locks in: resources, sessions, students, families. */
async function lockAll(
  trx: Transaction<DB>,
  ctx: DomainContext,
  ids: readonly string[],
  substitutes: readonly string[],
): Promise<Map<string, Seen>> {
  const taken = await trx
    .selectFrom('sessionResource')
    .select('resourceId')
    .distinct()
    .where('sessionId', '=', sql<string>`ANY(${ids}::uuid[])`)
    .execute();
  await lockResources(trx, [...taken.map((row) => row.resourceId), ...substitutes], ctx.clock());
  await sql`SELECT 1 FROM session WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`.execute(trx);
  await sql`SELECT 1 FROM student WHERE id IN (SELECT student_id FROM attendance WHERE session_id = ANY(${ids}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`.execute(trx);
  await sql`SELECT 1 FROM client WHERE id IN (SELECT client_id FROM attendance WHERE session_id = ANY(${ids}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`.execute(trx);
  const { rows } = await sql<Seen>`
    SELECT id, version, status, tutor_id, starts_at, ends_at, duration_minutes, to_char(wall_start, 'YYYY-MM-DD"T"HH24:MI') AS wall_start, zone,
      ARRAY(SELECT DISTINCT client_id::text FROM attendance WHERE session_id = session.id AND outcome = 'planned') AS client_ids
    FROM session WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}

interface Attempt extends Pick<ChangeSessionsInput, 'by' | 'reasonId' | 'reason'> {
  session: Seen | undefined;
  version: number;
  choice: Choice;
}

async function attempt(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { session, version, choice, ...said }: Attempt,
): Promise<Pick<ChangeResult, 'state' | 'message'>> {
  if (!session) return { state: 'failed', message: 'This session does not exist.' };
  if (isSo(session, choice)) return { state: 'already', message: null };
  if (session.version !== version)
    return { state: 'failed', message: 'Somebody changed this session meanwhile. Look at it again.' };
  await sql`SAVEPOINT one_change`.execute(trx);
  try {
    if (choice.kind === 'cancel') await cancelSession(trx, ctx, actor, { ...said, sessionId: session.id, silent: true });
    else if (choice.kind !== 'keep')
      await rescheduleSession(trx, ctx, actor, {
        sessionId: session.id,
        version,
        wallStart: choice.kind === 'move' ? choice.wallStart : session.wallStart,
        durationMinutes: session.durationMinutes,
        ...(choice.kind === 'substitute' ? { tutorId: choice.tutorId } : {}),
        silent: true,
      });
    await sql`RELEASE SAVEPOINT one_change`.execute(trx);
    return { state: 'done', message: null };
  } catch (error) {
    const refused = isDomainError(error) ? error : clashOf(error);
    if (!refused || refused.field === 'reasonId') throw error;
    await sql`ROLLBACK TO SAVEPOINT one_change`.execute(trx);
    return { state: 'failed', message: refused.message };
  }
}

/** Whether an earlier click has done it. */
function isSo(session: Seen, choice: Choice): boolean {
  if (choice.kind === 'cancel') return ['cancelled', 'late_cancelled', 'rescheduled'].includes(session.status);
  if (session.status !== 'scheduled') return false;
  if (choice.kind === 'substitute') return session.tutorId === choice.tutorId;
  return choice.kind === 'move' && instantToWall(session.startsAt, session.zone) === choice.wallStart.slice(0, 16);
}

function changeOf(session: Seen, choice: Choice): ScheduleChange {
  const { id: sessionId, startsAt, endsAt } = session;
  if (choice.kind === 'substitute') return { sessionId, kind: 'tutor_changed', formerTutorId: session.tutorId };
  if (choice.kind === 'move') return { sessionId, kind: 'moved', before: { startsAt, endsAt } };
  return { sessionId, kind: 'cancelled' };
}

/** Hundredths of a credit that places of these sessions hold or have used. */
async function creditsOf(trx: Transaction<DB>, ids: readonly string[]): Promise<bigint> {
  const { rows } = await sql<{ sum: bigint }>`
    SELECT coalesce(sum(e.amount), 0)::bigint AS sum
    FROM attendance p JOIN ledger_transaction t ON t.attendance_id = p.id
    JOIN ledger_entry e ON e.transaction_id = t.id JOIN account a ON a.id = e.account_id
    WHERE p.session_id = ANY(${ids}::uuid[]) AND a.commodity = 'CREDIT' AND (a.code LIKE '%:booked' OR a.code LIKE '%:used')`.execute(
    trx,
  );
  return rows[0]?.sum ?? 0n;
}

async function lateFeesOf(
  trx: Transaction<DB>,
  ids: readonly string[],
): Promise<Pick<ChangeOutcome, 'fees' | 'free' | 'makeUps'>> {
  const { rows } = await sql<Pick<ChangeOutcome, 'fees' | 'free' | 'makeUps'>>`
    SELECT coalesce(sum(c.net), 0)::bigint AS fees, count(*) FILTER (WHERE a.waived_as = 'free')::int AS free,
      count(*) FILTER (WHERE a.waived_as = 'make_up')::int AS make_ups
    FROM attendance a LEFT JOIN charge c ON c.attendance_id = a.id AND c.revision = a.revision
    WHERE a.session_id = ANY(${ids}::uuid[]) AND a.outcome = 'late_cancel'`.execute(trx);
  return rows[0] ?? { fees: 0n, free: 0, makeUps: 0 };
}
