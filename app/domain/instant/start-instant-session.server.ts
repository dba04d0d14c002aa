import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { createEngagement } from '#app/domain/engagements/create-engagement.server.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { findInstantFit } from './find-instant-fit.server.ts';
import type { StartInstantInput } from './instant.schema.ts';
import { chooseInstantProvider } from './instant-provider.server.ts';
import { instantTime } from './instant-time.ts';
import { inviteStudent } from './invite-student.server.ts';
import { isMatched } from './is-matched.server.ts';
import { queueInstantMails } from './queue-instant-mails.server.ts';

/** Who starts it: a tutor with students of their own, or the office for anybody. */
export type InstantStarter = 'tutor' | 'office';

/**
 * Starts a session at this second: booked like any other, under the same locks, clashes and credit rules, but off the grid
 * and without notice. The room is planned with it, and everybody is told with the way in. Sent twice with one id it is
 * one session.
 * @throws DomainError as bookSession, with `details.fit` (InstantFit) where somebody's time is in the way;
 *   forbidden where the rules don't let tutors; not_found for a student of others; duplicate_reference at `invite.email`;
 *   provider_not_connected at `meetingInstallId`
 */
export async function startInstantSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  by: InstantStarter,
  input: StartInstantInput,
): Promise<{ sessionId: string }> {
  try {
    return await inTransaction(db, (trx) => start(trx, ctx, actor, by, input));
  } catch (error) {
    throw await withFit(db, ctx, by, input, error);
  }
}

async function start(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  by: InstantStarter,
  input: StartInstantInput,
): Promise<{ sessionId: string }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`instant:${input.id}`}, 0))`.execute(trx);
  const there = await trx.selectFrom('session').select(['id', 'tutorId']).where('id', '=', input.id).executeTakeFirst();
  if (there && there.tutorId !== input.tutorId) throw new DomainError('conflict', 'Load this page again.');
  if (there) return { sessionId: there.id };

  const rules = await getMeetingRules(trx);
  if (by === 'tutor') await checkTutorMay(trx, ctx, rules, input);
  const installId = await chooseInstantProvider(trx, ctx, { programId: input.programId, installId: input.meetingInstallId });
  const studentId =
    input.studentId ??
    (input.invite
      ? (await inviteStudent(trx, ctx, actor, input.invite, { tutorId: by === 'tutor' ? input.tutorId : null })).studentId
      : undefined);
  if (!studentId) throw new DomainError('invalid_value', 'Choose a student, or invite somebody new.', { field: 'studentId' });

  const organisation = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  const time = instantTime(ctx.clock(), organisation.timezone);
  if (input.invite) await engage(trx, ctx, actor, { ...input, studentId }, localDateOf(time.startNow, organisation.timezone));
  const { sessionId } = await bookSession(trx, ctx, actor, {
    id: input.id,
    tutorId: input.tutorId,
    studentIds: [studentId],
    programId: input.programId,
    subjectId: input.subjectId,
    ...time,
    durationMinutes: input.durationMinutes,
    mode: 'online',
    meetingInstallId: installId,
    billable: input.billable,
    title: input.title,
    description: input.description,
    by,
    shortOfCredits: rules.instant_credits,
    silent: true,
  });
  await queueInstantMails(trx, ctx, actor, { sessionId });
  return { sessionId };
}

async function checkTutorMay(
  trx: Transaction<DB>,
  ctx: DomainContext,
  rules: Awaited<ReturnType<typeof getMeetingRules>>,
  { tutorId, studentId, invite }: StartInstantInput,
): Promise<void> {
  if (!rules.tutors_start_now)
    throw new DomainError('forbidden', 'Tutors here don’t start sessions by themselves: the office does.');
  if (invite && !rules.tutors_invite)
    throw new DomainError('forbidden', 'Only the office invites somebody new here. Choose one of your students.', {
      field: 'invite.email',
    });
  if (studentId && !(await isMatched(trx, ctx.clock(), { tutorId, studentId })))
    throw new DomainError('not_found', 'This student is not matched to you.', { field: 'studentId' });
}

/** Whom a tutor has taught once is among their students from then on, where they teach the subject. */
async function engage(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  of: { tutorId: string; studentId: string; programId: string; subjectId: string },
  startsOn: string,
): Promise<void> {
  const taught = await trx
    .selectFrom('tutorSubject')
    .select('subjectId')
    .where('tutorId', '=', of.tutorId)
    .where('subjectId', '=', of.subjectId)
    .executeTakeFirst();
  if (!taught) return;
  const { tutorId, studentId, programId, subjectId } = of;
  await createEngagement(trx, ctx, actor, {
    ...{ tutorId, studentId, programId, subjectId, startsOn },
    ...{ whoMaySchedule: null, hoursPerWeek: null, defaultMinutes: null, endsOn: null, notes: '' },
  });
}

const IN_THE_WAY = ['tutor_conflict', 'student_conflict', 'time_off', 'closed', 'over_limit', 'travel_conflict'] as const;

/** The refusal, with what could be had instead. */
async function withFit(
  db: Kysely<DB>,
  ctx: DomainContext,
  by: InstantStarter,
  input: StartInstantInput,
  error: unknown,
): Promise<unknown> {
  if (!isDomainError(error) || !IN_THE_WAY.some((code) => code === error.code)) return error;
  const { tutorId, studentId, programId, durationMinutes } = input;
  const installId = await chooseInstantProvider(db, ctx, { programId, installId: input.meetingInstallId });
  const fit = await findInstantFit(db, ctx, { by, tutorId, studentId, programId, durationMinutes, installId });
  const { message, field, details } = error;
  return new DomainError(error.code, message, {
    ...(field ? { field } : {}),
    details: { ...(typeof details === 'object' ? details : {}), fit },
    cause: error,
  });
}
