import { type CloseOutOutcome, closeOutOutcomes } from '#app/domain/billing/outcomes.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isWallTime, wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { type CsvRow, readCsv } from './csv-file.server.ts';
import { Findings, type ImportRun, idsByRef, type RefusalCode, refusalCodes, refuse, repeats } from './import-run.server.ts';
import type { TakenSession } from './import-sessions.server.ts';

const columns = ['session', 'actual_starts_at', 'actual_minutes', 'miles', 'notes', 'homework', 'approved'];

/** A bad attendance row refuses its close-out, and the session stays open. */
export async function importCloseOuts(run: ImportRun, sessions: ReadonlyMap<string, TakenSession>): Promise<void> {
  const rows = await readCsv(run.directory, 'closeouts.csv', columns);
  const attendance = await readCsv(run.directory, 'attendance.csv', ['session', 'student', 'outcome', 'marked_at']);
  const bySession = Map.groupBy(attendance, (row) => row.get('session'));
  const students = await idsByRef(run.trx, 'student');
  const closed = new Set(
    (await run.trx.selectFrom('closeOut').select('sessionId').where('automatic', '=', false).execute()).map(
      (row) => row.sessionId,
    ),
  );
  const seen = new Set<string>();
  for (const row of rows) {
    const findings = new Findings();
    const ref = row.get('session');
    repeats(seen, ref, findings);
    const session = sessions.get(ref) ?? findings.add('unknown_reference', `session ${ref} is not known`);
    const closeOut = readCloseOut(row, findings);
    const marks = (bySession.get(ref) ?? []).map((mark) => readMark(run, mark, session, students, findings));
    if (!isWallTime(row.get('actual_starts_at'))) findings.add('invalid_value', 'actual_starts_at is no date and time');
    else if (!wallToInstant(row.get('actual_starts_at'), run.organisation.timezone))
      findings.add('nonexistent_time', 'actual_starts_at does not exist');
    if (!findings.worst && session && closeOut && !closed.has(session.id)) {
      try {
        await submitCloseOut(
          run.trx,
          run.ctx,
          run.actor,
          { sessionId: session.id, ...closeOut, attendance: marks.flatMap((mark) => mark ?? []) },
          { office: true, approve: row.get('approved') === 'yes' },
        );
      } catch (error) {
        if (!isDomainError(error) || !isRefusal(error.code)) throw error;
        findings.add(error.code, error.message);
      }
    }
    if (refuse(run, 'closeouts.csv', row, ref, findings) && session) {
      await run.trx
        .updateTable('session')
        .set({ autoComplete: false })
        .where('id', '=', session.id)
        .where('autoComplete', '=', true)
        .execute();
    }
  }
  for (const [ref, [mark]] of bySession) {
    if (seen.has(ref) || !mark) continue;
    const findings = new Findings();
    if (!sessions.has(ref)) findings.add('unknown_reference', `session ${ref} is not known`);
    findings.add('invalid_value', `attendance of ${ref} without its close-out`);
    refuse(run, 'closeouts.csv', mark, ref, findings);
  }
}

const isRefusal = (code: string): code is RefusalCode => (refusalCodes as readonly string[]).includes(code);

function readCloseOut(row: CsvRow, findings: Findings) {
  const minutes = row.get('actual_minutes');
  const miles = row.get('miles');
  if (!/^\d{1,4}$/.test(minutes) || Number(minutes) > 1440) findings.add('invalid_value', 'actual_minutes is from 0 to 1440');
  if (miles && !/^\d{1,5}(\.\d{1,4})?$/.test(miles)) findings.add('invalid_value', 'miles is no number such as 7.5');
  if (!['yes', 'no', ''].includes(row.get('approved'))) findings.add('invalid_value', 'approved is yes or no');
  return {
    actualWallStart: row.get('actual_starts_at'),
    actualMinutes: Number(minutes),
    ...(miles ? { miles } : {}),
    notes: row.get('notes'),
    privateNote: '',
    homework: row.get('homework'),
    nextTopics: '',
  };
}

function readMark(
  run: ImportRun,
  mark: CsvRow,
  session: TakenSession | undefined,
  students: ReadonlyMap<string, string>,
  findings: Findings,
) {
  const ref = mark.get('student');
  const outcome = mark.get('outcome');
  const wall = mark.get('marked_at');
  if (!students.has(ref)) findings.add('unknown_reference', `student ${ref} is not known`);
  else if (session && !session.students.has(ref)) findings.add('invalid_value', `student ${ref} is not in the session`);
  if (!isOutcome(outcome)) findings.add('invalid_value', `outcome ${outcome} is not known`);
  if (wall === '' ? outcome === 'no_show' : !isWallTime(wall)) findings.add('invalid_value', 'marked_at is no date and time');
  const markedAt = isWallTime(wall) ? wallToInstant(wall, run.organisation.timezone) : undefined;
  if (isWallTime(wall) && !markedAt) findings.add('nonexistent_time', `marked_at ${wall} does not exist`);
  const studentId = session?.students.get(ref);
  if (!studentId || !isOutcome(outcome)) return undefined;
  return { studentId, outcome, ...(markedAt ? { markedAt } : {}) };
}

const isOutcome = (outcome: string): outcome is CloseOutOutcome => (closeOutOutcomes as readonly string[]).includes(outcome);
