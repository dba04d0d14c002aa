import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type EngagementRow, listIdleEngagements, OF_ENGAGEMENT } from './queries.server.ts';

const system: Actor = { userId: null, kind: 'system' };
const MOST_IN_A_MAIL = 100;

/**
 * Chases engagements of which nothing is planned: the tutor once, after the hours their rules say, and the office once,
 * after as many more. A session that is planned meanwhile ends it, and a later gap begins anew.
 * @returns how many tutors' and office's reminders were new
 */
export async function chaseIdleEngagements(
  db: Kysely<DB>,
  ctx: MailContext & Pick<DomainContext, 'clock'>,
): Promise<{ tutor: number; office: number }> {
  return inTransaction(db, async (trx) => {
    // Two workers at once: the second finds nothing left to tell.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('engagements.chase', 0))`.execute(trx);
    const now = ctx.clock();
    await forgetChased(trx, now);
    const idle = await listIdleEngagements(trx, now);
    const forTutor = idle.filter((row) => row.chasedAt === null);
    // Whoever was told late is not told of to the office in the same breath.
    const forOffice = idle.filter((row) => row.idle === 'tell_office' && row.chasedAt !== null && row.officeToldAt === null);
    await tellTutors(trx, ctx, forTutor, now);
    await tellOffice(trx, ctx, forOffice, now);
    return { tutor: forTutor.length, office: forOffice.length };
  });
}

/** Something is planned again: the next gap is told of anew. */
async function forgetChased(trx: Transaction<DB>, now: Date): Promise<void> {
  await sql`
    UPDATE engagement e SET chased_at = NULL, office_told_at = NULL
    WHERE (e.chased_at IS NOT NULL OR e.office_told_at IS NOT NULL) AND EXISTS (
      SELECT 1 FROM attendance a JOIN session s ON s.id = a.session_id
      WHERE a.student_id = e.student_id AND a.outcome = 'planned' AND s.status = 'scheduled' AND s.ends_at > ${now} AND ${OF_ENGAGEMENT})`.execute(
    trx,
  );
}

const lineOf = (row: EngagementRow) => ({
  student: oneLine(row.studentName),
  tutor: oneLine(row.tutorName),
  subject: oneLine(row.subjectName),
  since: (row.idleSince ?? row.createdAt).toISOString(),
  mayBook: schedulingRulesFor(row.layers).tutor.book,
});

async function tellTutors(trx: Transaction<DB>, ctx: MailContext, rows: readonly EngagementRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const tutors = await trx
    .selectFrom('tutor')
    .leftJoin('users', 'users.id', 'tutor.userId')
    .select(['tutor.id', 'tutor.email', 'users.email as userEmail', 'tutor.userId', 'users.locale', 'tutor.timezone'])
    .where('tutor.id', 'in', [...new Set(rows.map((row) => row.tutorId))])
    .execute();
  const mails = tutors.flatMap((tutor): QueuedMail[] => {
    const own = rows.filter((row) => row.tutorId === tutor.id);
    const address = tutor.email ?? tutor.userEmail;
    if (!address) return [];
    return [
      {
        template: 'engagements-idle',
        to: { name: own[0]?.tutorName ?? '', address },
        userId: tutor.userId,
        dedupeKey: `idle:tutor:${tutor.id}:${now.toISOString()}`,
        data: {
          link: `${ctx.config.origin}/tutor/book`,
          ...(tutor.locale ? { locale: tutor.locale } : {}),
          zone: tutor.timezone,
          audience: 'tutor',
          engagements: own.slice(0, MOST_IN_A_MAIL).map(lineOf),
        },
      },
    ];
  });
  await queueMails(trx, ctx, mails);
  await mark(trx, rows, 'chased_at', now);
}

async function tellOffice(trx: Transaction<DB>, ctx: MailContext, rows: readonly EngagementRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  const office = await trx.selectFrom('organisation').select(['name', 'email']).executeTakeFirst();
  if (office?.email) {
    await queueMails(trx, ctx, [
      {
        template: 'engagements-idle',
        to: { name: office.name, address: office.email },
        dedupeKey: `idle:office:${now.toISOString()}`,
        data: {
          link: `${ctx.config.origin}/office/engagements?show=idle`,
          audience: 'office',
          engagements: rows.slice(0, MOST_IN_A_MAIL).map(lineOf),
        },
      },
    ]);
  }
  for (const row of rows) {
    const since = (row.idleSince ?? row.createdAt).toISOString();
    const body = oneLine(`${row.subjectName} with ${row.tutorName}`);
    await raiseTask(
      trx,
      { clock: () => now },
      { event: 'engagement_idle', key: `${row.id}:${since}`, about: { studentId: row.studentId }, body },
    );
  }
  await mark(trx, rows, 'office_told_at', now);
}

async function mark(
  trx: Transaction<DB>,
  rows: readonly EngagementRow[],
  column: 'chased_at' | 'office_told_at',
  now: Date,
): Promise<void> {
  const ids = rows.map((row) => row.id);
  await sql`UPDATE engagement SET ${sql.ref(column)} = ${now} WHERE id = ANY(${ids}::uuid[])`.execute(trx);
  for (const id of ids) {
    const action = column === 'chased_at' ? 'engagement.chase' : 'engagement.tell_office';
    await audit(trx, system, { action, subjectType: 'engagement', subjectId: id });
  }
}
