import type { CancelledBy } from '#app/domain/billing/outcomes.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { cancelSession, recordCancellation } from '#app/domain/scheduling/cancel-session.server.ts';
import { isWallTime } from '#app/domain/scheduling/wall-time.ts';
import { Findings, type ImportRun, idsByRef, refuse } from './import-run.server.ts';
import type { SaidCancellation, TakenSession } from './import-sessions.server.ts';

/** Each place by its first cancellation, by the clock; the later ones are kept on record. */
export async function importCancellations(
  run: ImportRun,
  said: readonly SaidCancellation[],
  sessions: ReadonlyMap<string, TakenSession>,
): Promise<void> {
  const students = await idsByRef(run.trx, 'student');
  const valid: (SaidCancellation & { at: Date; session: TakenSession })[] = [];
  for (const cancellation of said) {
    const { row, sessionRef, studentRef, by, at } = cancellation;
    const findings = new Findings();
    const session = sessions.get(sessionRef) ?? findings.add('unknown_reference', `session ${sessionRef} is not known`);
    if (studentRef && !students.has(studentRef)) findings.add('unknown_reference', `student ${studentRef} is not known`);
    else if (studentRef && session && !session.students.has(studentRef))
      findings.add('invalid_value', `student ${studentRef} is not in session ${sessionRef}`);
    if (!['client', 'tutor', 'office'].includes(by)) findings.add('invalid_value', 'by is client, tutor or office');
    if (!isWallTime(row.get('cancelled_at'))) findings.add('invalid_value', 'cancelled_at is no date and time');
    else if (!at) findings.add('nonexistent_time', `${row.get('cancelled_at')} does not exist in ${run.organisation.timezone}`);
    if (refuse(run, 'cancellations.csv', row, sessionRef, findings) || !session || !at) continue;
    valid.push({ ...cancellation, at, session });
  }
  valid.sort((a, b) => a.at.getTime() - b.at.getTime());
  const known = await knownCancellations(run);
  for (const { session, studentRef, by, at } of valid) {
    const studentId = studentRef ? session.students.get(studentRef) : undefined;
    if (known.has(keyOf(session.id, studentId ?? null, at, by))) continue;
    const input = {
      sessionId: session.id,
      by: by as CancelledBy,
      reason: '',
      cancelledAt: at,
      ...(studentId ? { studentIds: [studentId] } : {}),
    };
    try {
      await cancelSession(run.trx, run.ctx, run.actor, input);
    } catch (error) {
      if (!isDomainError(error, 'already_done')) throw error;
      await recordCancellation(run.trx, { ...input, studentIds: studentId ? [studentId] : null, userId: null });
    }
  }
}

const keyOf = (sessionId: string, studentId: string | null, at: Date, by: string) =>
  [sessionId, studentId, at.getTime(), by].join(' ');

async function knownCancellations(run: ImportRun): Promise<Set<string>> {
  const rows = await run.trx
    .selectFrom('cancellation')
    .select(['sessionId', 'studentId', 'cancelledAt', 'cancelledBy'])
    .execute();
  return new Set(rows.map((row) => keyOf(row.sessionId, row.studentId, row.cancelledAt, row.cancelledBy)));
}
