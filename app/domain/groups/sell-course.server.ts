import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { listCourseCredits } from './course-credits.server.ts';
import { coursePrice } from './course-price.ts';
import { findCreditsInstall } from './credits-install.server.ts';
import type { Joinable } from './place-student.server.ts';

/** How many sessions the course has in all, without those that were called off. */
async function countAll(trx: Transaction<DB>, seriesId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM session s WHERE series_id = ${seriesId} AND status NOT IN ('declined', 'rescheduled')
      AND NOT EXISTS (SELECT 1 FROM cancellation c WHERE c.session_id = s.id AND c.student_id IS NULL)`.execute(trx);
  return rows[0]?.count ?? 0;
}

interface CourseSale {
  course: { id: string; name: string; price: bigint; seriesId: string };
  student: { id: string; clientId: string };
  /** Of all of it that is still to come. */
  sessions: readonly Joinable[];
  rule: 'full' | 'pro_rata';
  today: string;
  programId: string;
}

interface Sold {
  installId: string;
  lotId: string;
  /** Net, in minor units; 0 for who comes back to what is still theirs. */
  price: bigint;
}

/**
 * The course as a package: as many credits as its sessions take, by the setting of the credits. Who left it before and was
 * not paid back has what is left of theirs, and pays the part of the sessions beyond that.
 */
export async function sellCourse(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, sale: CourseSale): Promise<Sold> {
  const credits = await findCreditsInstall(trx, ctx);
  if (!credits)
    throw new DomainError(
      'invalid_value',
      'A course with a price is sold as credits, and no billing by credits is switched on.',
      {
        field: 'courseId',
      },
    );
  const { sessions, course } = sale;
  const former = (await listCourseCredits(trx, course.seriesId)).filter((one) => one.studentId === sale.student.id);
  let theirs = former.reduce((sum, one) => sum + one.left, 0n);
  const open = sessions.filter((session) => {
    const taken = credits.priceOf(session.durationMinutes);
    if (theirs < taken) return true;
    theirs -= taken;
    return false;
  });
  const lotId = former[0]?.lotId;
  if (open.length === 0 && lotId) return { lotId, installId: credits.installId, price: 0n };
  const all = await countAll(trx, course.seriesId);
  const price = coursePrice(course.price, { left: open.length, all }, lotId ? 'pro_rata' : sale.rule) ?? 0n;
  const amount = open.reduce((sum, session) => sum + credits.priceOf(session.durationMinutes), 0n);
  const program = await trx.selectFrom('program').select('taxPercent').where('id', '=', sale.programId).executeTakeFirstOrThrow();
  const sold = await sellPackage(trx, ctx, actor, {
    clientId: sale.student.clientId,
    studentId: sale.student.id,
    programId: sale.programId,
    credits: amount,
    price,
    taxPercent: program.taxPercent ?? '0',
    purchasedOn: sale.today,
    description: course.name,
  });
  return { lotId: sold.lotId, installId: credits.installId, price };
}

/** A place in it that was to be paid by itself is part of the whole now. */
export async function billPlaced(
  trx: Transaction<DB>,
  ctx: DomainContext,
  { sessions, studentId, installId }: { sessions: readonly Joinable[]; studentId: string; installId: string },
): Promise<void> {
  for (const { id } of sessions.filter((session) => session.placed)) {
    const { numUpdatedRows } = await trx
      .updateTable('attendance')
      .set({ billingInstallId: installId })
      .where('sessionId', '=', id)
      .where('studentId', '=', studentId)
      .where('billingInstallId', '<>', installId)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await assessSession(trx, ctx, id);
  }
}
