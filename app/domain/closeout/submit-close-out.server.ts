import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { listNoShows, waiveAbsences } from '#app/domain/make-ups/waive-absences.server.ts';
import { bumpVersion, checkUnlocked, lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { instantToWall, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkCloseOut } from './check-close-out.server.ts';
import type { CloseOutInput } from './close-out.schema.ts';
import { CLOSE_OUT_WORDS, findCloseOutState } from './close-out-state.server.ts';
import { queueSummaryMails } from './queue-summary-mails.server.ts';
import { forgetDraft } from './save-draft.server.ts';
import { writeCloseOut } from './write-close-out.server.ts';

export interface CloseOutAuthority {
  /** The office may say that the tutor did not come or that it failed technically, and other times than a rule locks. */
  office: boolean;
  /** And approves it with the same stroke. */
  approve?: boolean;
}

/** How far the actual start may lie from the planned one. */
const FARTHEST = 7 * 24 * 3_600_000;

/**
 * Takes a close-out, the first or a better one: until the session is in a run, saving again replaces it (and asks for
 * approval again), and the log keeps who changed what from what. Additional fields of the session go with it. Exactly one row for each student who has not cancelled.
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
    if (input.submissionKey && (await wasTaken(trx, input.submissionKey, session.id))) return;
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
    await checkCloseOut(trx, session, { input, actualStartsAt, now, office: authority.office });
    const { localDate } = session;
    const missedBefore = await listNoShows(trx, session.id);
    const before = await findCloseOutState(trx, session.id);
    await writeCloseOut(trx, actor, { input, localDate, actualStartsAt, now, approve: authority.approve ?? false });
    if (actor.userId) await forgetDraft(trx, { sessionId: session.id, userId: actor.userId });
    const missed = input.attendance.filter((row) => row.outcome === 'no_show' && !missedBefore.has(row.studentId));
    await waiveAbsences(trx, ctx, actor, { sessionId: session.id, newlyMissed: missed.map((row) => row.studentId) });
    await bumpVersion(trx, session.id);
    await assessSession(trx, ctx, session.id);
    if (actor.kind === 'user' && !actor.at) await queueSummaryMails(trx, ctx, session.id);
    await audit(trx, actor, {
      action: authority.approve ? 'closeout.submit_approved' : 'closeout.submit',
      subjectType: 'session',
      subjectId: session.id,
      sessionId: session.id,
      ...(before
        ? changedFields(before, (await findCloseOutState(trx, session.id)) ?? {}, CLOSE_OUT_WORDS)
        : {
            after: {
              actualStartsAt,
              actualMinutes: input.actualMinutes,
              ...(input.paidMinutes === undefined ? {} : { paidMinutes: input.paidMinutes }),
              miles: input.miles ?? null,
              outcomes: Object.fromEntries(input.attendance.map((row) => [row.studentId, row.outcome])),
            },
          }),
    });
  });
}

/** The very form that is in already: a phone that lost the answer sends it again. */
async function wasTaken(trx: Transaction<DB>, submissionKey: string, sessionId: string): Promise<boolean> {
  const there = await trx.selectFrom('closeOut').select('submissionKey').where('sessionId', '=', sessionId).executeTakeFirst();
  return there?.submissionKey === submissionKey;
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
    there.paidMinutes === (input.paidMinutes ?? null) &&
    there.miles === (input.miles ?? null) &&
    words.every((word) => there[word] === input[word]) &&
    input.attendance.every((row) => places.some((place) => place.studentId === row.studentId && place.outcome === row.outcome));
  if (same) return 'the same';
  throw new DomainError(
    'conflict',
    'This close-out was saved, approved or sent back while you were writing. What you typed is kept below: look at the session’s page, then save again to replace what is there.',
  );
}
