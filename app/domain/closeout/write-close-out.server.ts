import { sql, type Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { CloseOutInput } from './close-out.schema.ts';

interface Writing {
  input: CloseOutInput;
  /** The session's local date. */
  localDate: string;
  actualStartsAt: Date;
  now: Date;
  approve: boolean;
}

/** Puts a close-out that was checked into its rows: what is absent of its words stays as it is. */
export async function writeCloseOut(trx: Transaction<DB>, actor: Actor, writing: Writing): Promise<void> {
  const { input, now } = writing;
  await writeRow(trx, actor, writing);
  for (const row of input.attendance) {
    const { outcome, note, rating, absenceNote, homework } = row;
    await trx
      .updateTable('attendance')
      .set({ outcome, note, rating, absenceNote, homework, markedAt: row.markedAt ?? now })
      .where('sessionId', '=', input.sessionId)
      .where('studentId', '=', row.studentId)
      .execute();
  }
  if (input.goals) await rateGoals(trx, actor, writing, input.goals);
}

async function writeRow(trx: Transaction<DB>, actor: Actor, { input, actualStartsAt, now, approve }: Writing): Promise<void> {
  const values = {
    actualStartsAt,
    actualMinutes: input.actualMinutes,
    paidMinutes: input.paidMinutes ?? null,
    miles: input.miles ?? null,
    notes: input.notes,
    privateNote: input.privateNote,
    homework: input.homework,
    homeworkDueOn: input.homeworkDueOn,
    nextTopics: input.nextTopics,
    summary: input.summary,
    submissionKey: input.submissionKey ?? null,
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
}

/** One rating of a goal per session: a later one replaces it, none takes it back. */
async function rateGoals(
  trx: Transaction<DB>,
  actor: Actor,
  { input, localDate }: Writing,
  goals: NonNullable<CloseOutInput['goals']>,
): Promise<void> {
  const rated = goals.flatMap(({ goalId, rating, note }) => (rating === null ? [] : [{ goalId, rating, note }]));
  const dropped = goals.filter((goal) => goal.rating === null).map((goal) => goal.goalId);
  if (dropped.length > 0) {
    await trx.deleteFrom('goalRating').where('sessionId', '=', input.sessionId).where('goalId', 'in', dropped).execute();
  }
  if (rated.length === 0) return;
  await trx
    .insertInto('goalRating')
    .values(rated.map((one) => ({ ...one, sessionId: input.sessionId, ratedOn: localDate, ratedBy: actor.userId })))
    .onConflict((conflict) =>
      conflict.columns(['goalId', 'sessionId']).doUpdateSet({
        rating: sql`excluded.rating`,
        note: sql`excluded.note`,
        ratedBy: actor.userId,
      }),
    )
    .execute();
}
