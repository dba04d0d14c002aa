import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TrialSession } from './policy-trial.ts';
import { factsOf, listRatesOf, loadSession } from './session-facts.server.ts';

export interface TrialChoice {
  id: string;
  startsAt: Date;
  endsAt: Date;
  subjectName: string;
  tutorName: string;
  students: string[];
}

/** The latest sessions that have begun, of a program or of all: what to try a policy on. One statement. */
export async function listTrialSessions(
  db: Kysely<DB>,
  { now, programId, limit = 20 }: { now: Date; programId?: string | undefined; limit?: number },
): Promise<TrialChoice[]> {
  const { rows } = await sql<TrialChoice>`
    SELECT s.id, s.starts_at, s.ends_at, b.name AS subject_name, concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
      ARRAY(SELECT st.first_name FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id ORDER BY 1) AS students
    FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN subject b ON b.id = s.subject_id
    WHERE s.starts_at < ${now} AND s.billable AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id)
      ${programId ? sql`AND s.program_id = ${programId}` : sql``}
    ORDER BY s.starts_at DESC, s.id LIMIT ${limit}`.execute(db);
  return rows;
}

/** A session as it was planned, with the rates of its day, and its program's own rules. @throws DomainError not_found */
export async function readTrialSession(
  db: Kysely<DB>,
  sessionId: string,
): Promise<{ session: TrialSession; programId: string; overrides: unknown }> {
  return inTransaction(db, async (trx) => {
    const program = await trx
      .selectFrom('session')
      .innerJoin('program', 'program.id', 'session.programId')
      .select(['program.id', 'program.policyOverrides'])
      .where('session.id', '=', sessionId)
      .executeTakeFirst();
    if (!program) throw new DomainError('not_found', 'This session is not there.');
    const loaded = await loadSession(trx, sessionId);
    const facts = factsOf(loaded, await listRatesOf(trx, loaded));
    return { session: facts, programId: program.id, overrides: program.policyOverrides };
  });
}
