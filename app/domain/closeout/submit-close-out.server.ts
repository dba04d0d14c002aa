import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { noShowFrom } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { bumpVersion, checkUnlocked, lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { instantToWall, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { CloseOutInput } from './close-out.schema.ts';

export interface CloseOutAuthority {
  /** The office may say that the tutor did not come or that it failed technically, and close out before the start. */
  office: boolean;
  /** And approves it with the same stroke. */
  approve?: boolean;
}

/** How far the actual start may lie from the planned one. */
const FARTHEST = 7 * 24 * 3_600_000;

/**
 * Takes a close-out, the first or a better one: until the session is in a run, saving again replaces it (and asks for
 * approval again). Additional fields of the session go with it. Exactly one row for each student who has not cancelled.
 * @throws DomainError invalid_value at the field, nonexistent_time, no_show_too_early, forbidden, locked, conflict, not_found
 */
export async function submitCloseOut(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: WithCustom<CloseOutInput>,
  authority: CloseOutAuthority = { office: false },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await lockSession(trx, input.sessionId);
    await checkUnlocked(trx, session.id, { closingOut: true });
    const now = ctx.clock();
    if (['requested', 'declined', 'cancelled', 'late_cancelled', 'rescheduled'].includes(session.status)) {
      throw new DomainError('invalid_value', 'This session did not take place: there is nothing to close out.');
    }
    if (!authority.office && now < session.startsAt) {
      throw new DomainError(
        'invalid_value',
        `This session has not begun yet: it starts at ${instantToWall(session.startsAt, session.zone).slice(11)}.`,
      );
    }
    const actualStartsAt = wallToInstant(input.actualWallStart, session.zone);
    if (!actualStartsAt) {
      throw new DomainError('nonexistent_time', 'This time does not exist: the clocks go forward over it.', {
        field: 'actualWallStart',
      });
    }
    // A slip of the year or month; what was taught long ago is taken as the file says.
    if (actor.kind !== 'import' && Math.abs(actualStartsAt.getTime() - session.startsAt.getTime()) > FARTHEST) {
      throw new DomainError('invalid_value', 'This is more than a week from when the session was planned.', {
        field: 'actualWallStart',
      });
    }
    if (input.custom) await saveCustom(trx, actor, { entity: 'session', id: session.id, patch: input.custom });
    if ((await compareWithStored(trx, input, actualStartsAt)) === 'the same') return;
    await checkRows(trx, session, input, authority, now);
    await writeCloseOut(trx, actor, { input, actualStartsAt, now, approve: authority.approve ?? false });
    await bumpVersion(trx, session.id);
    await assessSession(trx, ctx, session.id);
    await audit(trx, actor, {
      action: authority.approve ? 'closeout.submit_approved' : 'closeout.submit',
      subjectType: 'session',
      subjectId: session.id,
      sessionId: session.id,
      after: {
        actualStartsAt,
        actualMinutes: input.actualMinutes,
        miles: input.miles ?? null,
        outcomes: Object.fromEntries(input.attendance.map((row) => [row.studentId, row.outcome])),
      },
    });
  });
}

/** Where it was saved since it was read: the same form sent twice is done already, anything else is somebody else's. */
async function compareWithStored(
  trx: Transaction<DB>,
  input: CloseOutInput,
  actualStartsAt: Date,
): Promise<'the same' | 'to be written'> {
  if (input.version === undefined) return 'to be written';
  const there = await trx.selectFrom('closeOut').selectAll().where('sessionId', '=', input.sessionId).executeTakeFirst();
  if ((there?.version ?? 0) === input.version) return 'to be written';
  const places = await trx
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', input.sessionId)
    .execute();
  const words = ['notes', 'privateNote', 'homework', 'nextTopics'] as const;
  const same =
    there?.actualStartsAt.getTime() === actualStartsAt.getTime() &&
    there.actualMinutes === input.actualMinutes &&
    there.miles === (input.miles ?? null) &&
    words.every((word) => there[word] === input[word]) &&
    input.attendance.every((row) => places.some((place) => place.studentId === row.studentId && place.outcome === row.outcome));
  if (same) return 'the same';
  throw new DomainError(
    'conflict',
    'This close-out was saved, approved or sent back while you were writing. What you typed is kept below: look at the session’s page, then save again to replace what is there.',
  );
}

interface PlannedSession {
  id: string;
  startsAt: Date;
  durationMinutes: number;
  policyVersionId: string;
  zone: string;
}

async function checkRows(
  trx: Transaction<DB>,
  session: PlannedSession,
  input: CloseOutInput,
  authority: CloseOutAuthority,
  now: Date,
): Promise<void> {
  const places = await trx
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', session.id)
    .execute();
  const left = new Set(
    places.filter((place) => place.outcome !== 'cancelled' && place.outcome !== 'late_cancel').map((place) => place.studentId),
  );
  if (left.size === 0) throw new DomainError('invalid_value', 'Everybody cancelled: there is nothing to close out.');
  const rows = new Set(input.attendance.map((row) => row.studentId));
  if (rows.size !== input.attendance.length || rows.size !== left.size || [...rows].some((id) => !left.has(id))) {
    throw new DomainError('invalid_value', 'Say of each student who has not cancelled, once, what took place.', {
      field: 'attendance',
    });
  }
  const { rules } = await trx
    .selectFrom('policyVersion')
    .select('rules')
    .where('id', '=', session.policyVersionId)
    .executeTakeFirstOrThrow();
  const from = noShowFrom(session.startsAt, session.durationMinutes, policyOf(rules).noShow.waitPercent);
  for (const [index, row] of input.attendance.entries()) {
    const field = `attendance[${index}].outcome`;
    if (!authority.office && (row.outcome === 'tutor_no_show' || row.outcome === 'technical_failure')) {
      throw new DomainError('forbidden', 'Only the office can say this. Tell them what happened.', { field });
    }
    if (row.outcome === 'no_show' && (row.markedAt ?? now) < from) {
      const time = instantToWall(from, session.zone).slice(11);
      throw new DomainError('no_show_too_early', `A no-show can be marked from ${time} on.`, { field, details: { from } });
    }
  }
}

interface Writing {
  input: CloseOutInput;
  actualStartsAt: Date;
  now: Date;
  approve: boolean;
}

async function writeCloseOut(
  trx: Transaction<DB>,
  actor: Actor,
  { input, actualStartsAt, now, approve }: Writing,
): Promise<void> {
  const values = {
    actualStartsAt,
    actualMinutes: input.actualMinutes,
    miles: input.miles ?? null,
    notes: input.notes,
    privateNote: input.privateNote,
    homework: input.homework,
    nextTopics: input.nextTopics,
    status: approve ? 'approved' : 'submitted',
    sentBackReason: '',
    automatic: false,
    submittedAt: now,
    submittedBy: actor.userId,
    approvedAt: approve ? now : null,
    approvedBy: approve ? actor.userId : null,
  };
  await trx
    .insertInto('closeOut')
    .values({ sessionId: input.sessionId, ...values })
    .onConflict((conflict) =>
      conflict.column('sessionId').doUpdateSet((eb) => ({ ...values, version: eb('closeOut.version', '+', 1) })),
    )
    .execute();
  for (const row of input.attendance) {
    await trx
      .updateTable('attendance')
      .set({ outcome: row.outcome, markedAt: row.markedAt ?? now, ...(row.note === undefined ? {} : { note: row.note }) })
      .where('sessionId', '=', input.sessionId)
      .where('studentId', '=', row.studentId)
      .execute();
  }
}
