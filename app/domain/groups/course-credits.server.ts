import { sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { findCreditsInstall } from './credits-install.server.ts';

interface Left {
  studentId: string;
  enrolmentId: string;
  lotId: string;
  /** Hundredths of a credit of what was sold that no session holds. */
  left: bigint;
}

/**
 * What is left of what places of a course were sold as, without what was paid back. Under the lock of the course's or the
 * families' rows, as whoever books holds them.
 */
export async function listCourseCredits(trx: Transaction<DB>, seriesId: string): Promise<Left[]> {
  const { rows } = await sql<Left>`
    SELECT e.student_id, e.id AS enrolment_id, l.id AS lot_id, a.balance AS left
    FROM course c JOIN course_enrolment e ON e.course_id = c.id
    JOIN credit_lot l ON l.id = e.credit_lot_id JOIN account a ON a.id = l.account_id
    WHERE c.series_id = ${seriesId} AND a.balance > 0
      AND NOT EXISTS (SELECT 1 FROM charge ch WHERE ch.credit_lot_id = l.id AND ch.reversed_at IS NOT NULL)
    ORDER BY e.enrolled_at`.execute(trx);
  return rows;
}

/** Of which billing a place is that makes up for one of a course; undefined: as the family is billed. */
export type MakeUp = (studentId: string, minutes: number) => string | undefined;

/**
 * Places that are planned in a course after it was sold, or instead of one of its sessions: as long as something is left
 * of what a student's place was sold as, it pays, so that nothing is charged twice; after that the family pays as usual.
 */
export async function makeUpOf(trx: Transaction<DB>, ctx: DomainContext, seriesId: string | null): Promise<MakeUp> {
  const sold = seriesId === null ? [] : await listCourseCredits(trx, seriesId);
  const credits = sold.length > 0 ? await findCreditsInstall(trx, ctx) : undefined;
  if (!credits) return () => undefined;
  const left = new Map<string, bigint>();
  for (const one of sold) left.set(one.studentId, (left.get(one.studentId) ?? 0n) + one.left);
  return (studentId, minutes) => {
    const rest = (left.get(studentId) ?? 0n) - credits.priceOf(minutes);
    if (rest < 0n) return undefined;
    left.set(studentId, rest);
    return credits.installId;
  };
}
