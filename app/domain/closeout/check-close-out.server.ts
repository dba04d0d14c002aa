import type { Transaction } from 'kysely';
import { noShowFrom } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { CloseOutInput } from './close-out.schema.ts';
import { getCloseOutRules } from './save-close-out-rules.server.ts';

export interface PlannedSession {
  id: string;
  startsAt: Date;
  durationMinutes: number;
  policyVersionId: string;
  zone: string;
}

interface Checked {
  input: CloseOutInput;
  actualStartsAt: Date;
  now: Date;
  /** The office may say what a tutor may not, and is bound by no rule of the form. */
  office: boolean;
}

/**
 * Whether a close-out can be taken as it is.
 * @throws DomainError invalid_value at the field, no_show_too_early, forbidden
 */
export async function checkCloseOut(trx: Transaction<DB>, session: PlannedSession, checked: Checked): Promise<void> {
  await checkRows(trx, session, checked);
  if (checked.input.goals && checked.input.goals.length > 0) await checkGoals(trx, session.id, checked.input.goals);
  if (!checked.office) await checkRules(trx, session, checked);
}

async function checkRows(trx: Transaction<DB>, session: PlannedSession, { input, office, now }: Checked): Promise<void> {
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
    if (row.outcome === 'tutor_no_show' || row.outcome === 'technical_failure') {
      if (!office) throw new DomainError('forbidden', 'Only the office can say this. Tell them what happened.', { field });
      if (row.absenceNote === '')
        throw new DomainError('invalid_value', 'Say what happened: nothing is charged or paid for it.', {
          field: `attendance[${index}].absenceNote`,
        });
    }
    if (row.outcome === 'no_show' && (row.markedAt ?? now) < from) {
      const time = instantToWall(from, session.zone).slice(11);
      throw new DomainError('no_show_too_early', `A no-show can be marked from ${time} on.`, { field, details: { from } });
    }
  }
}

async function checkGoals(trx: Transaction<DB>, sessionId: string, goals: NonNullable<CloseOutInput['goals']>): Promise<void> {
  const ids = [...new Set(goals.map((goal) => goal.goalId))];
  const known = await trx
    .selectFrom('goal')
    .innerJoin('attendance', 'attendance.studentId', 'goal.studentId')
    .select('goal.id')
    .where('attendance.sessionId', '=', sessionId)
    .where('goal.id', 'in', ids)
    .execute();
  if (known.length !== ids.length || ids.length !== goals.length)
    throw new DomainError(
      'invalid_value',
      'One of these goals is not of a student in this session any more. Load the page again.',
    );
}

async function checkRules(trx: Transaction<DB>, session: PlannedSession, { input, actualStartsAt }: Checked): Promise<void> {
  const rules = await getCloseOutRules(trx);
  if (rules.lock_times) {
    const there = await trx
      .selectFrom('closeOut')
      .select(['actualStartsAt', 'actualMinutes', 'paidMinutes'])
      .where('sessionId', '=', session.id)
      .executeTakeFirst();
    const message = 'The planned start and length hold here. Tell the office if it was otherwise.';
    const refuse = (field: string) => new DomainError('invalid_value', message, { field });
    const starts = [session.startsAt.getTime(), there?.actualStartsAt.getTime()];
    if (!starts.includes(actualStartsAt.getTime())) throw refuse('actualWallStart');
    if (![session.durationMinutes, there?.actualMinutes].includes(input.actualMinutes)) throw refuse('actualMinutes');
    const paid = [undefined, session.durationMinutes, there?.paidMinutes ?? undefined];
    if (!paid.includes(input.paidMinutes)) throw refuse('paidMinutes');
  }
  if (!rules.notes_required || input.notes !== '') return;
  const bare = input.attendance.findIndex((row) => row.outcome === 'attended' && !row.note);
  if (bare >= 0)
    throw new DomainError('invalid_value', 'Write a few words on how it went: here they go with each session.', {
      field: 'notes',
    });
}
