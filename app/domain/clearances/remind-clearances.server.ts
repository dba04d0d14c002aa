import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { type MailContext, oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { daysBetween, reminderDue } from './clearance.ts';
import { listClearanceTypes, listStandings } from './queries.server.ts';

const system: Actor = { userId: null, kind: 'system' };
const MOST_IN_A_MAIL = 100;

interface Due {
  clearanceId: string;
  tutor: { id: string; name: string };
  what: string;
  until: string;
  daysLeft: number;
  days: number;
}

/**
 * Tells tutors and the office of clearances that run out, on the days their kind says, each once. A renewed one is not told
 * of, nor one whose renewal waits to be checked; a tutor who has left hears nothing.
 * @returns how many were told of
 */
export async function remindClearances(db: Kysely<DB>, ctx: MailContext & Pick<DomainContext, 'clock'>): Promise<number> {
  return inTransaction(db, async (trx) => {
    // Two workers at once: the second finds nothing left to tell.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('clearances.remind', 0))`.execute(trx);
    const organisation = await trx.selectFrom('organisation').select(['name', 'email', 'timezone']).executeTakeFirst();
    if (!organisation) return 0;
    const today = localDateOf(ctx.clock(), organisation.timezone);
    const due = await listDue(trx, today);
    if (due.length === 0) return 0;
    await tellTutors(trx, ctx, due, today);
    if (organisation.email) await tellOffice(trx, ctx, due, today, { name: organisation.name, address: organisation.email });
    for (const one of due) {
      await trx.updateTable('clearance').set({ remindedDays: one.days }).where('id', '=', one.clearanceId).execute();
      await raiseTask(trx, ctx, {
        event: 'clearance_expiring',
        key: one.clearanceId,
        about: { tutorId: one.tutor.id },
        body: `${one.what}, good until ${one.until}`,
      });
      await audit(trx, system, {
        action: 'tutor.remind_clearance',
        subjectType: 'tutor',
        subjectId: one.tutor.id,
        after: { clearanceId: one.clearanceId, daysLeft: one.daysLeft },
      });
    }
    return due.length;
  });
}

async function listDue(trx: Transaction<DB>, today: string): Promise<Due[]> {
  const [types, standings] = await Promise.all([listClearanceTypes(trx), listStandings(trx, today)]);
  const remindDays = new Map(types.map((type) => [type.id, type.remindDays]));
  return standings.flatMap(({ tutor, type, standing, clearance }): Due[] => {
    if (!clearance?.until || (standing !== 'expiring' && standing !== 'expired')) return [];
    const daysLeft = daysBetween(today, clearance.until);
    const days = reminderDue(remindDays.get(type.id) ?? [], daysLeft, clearance.remindedDays);
    if (days === null) return [];
    return [{ clearanceId: clearance.id, tutor, what: type.name, until: clearance.until, daysLeft, days }];
  });
}

const lineOf = ({ tutor, what, until, daysLeft }: Due) => ({ tutor: oneLine(tutor.name), what: oneLine(what), until, daysLeft });

async function tellTutors(trx: Transaction<DB>, ctx: MailContext, due: readonly Due[], today: string): Promise<void> {
  const tutors = await trx
    .selectFrom('tutor')
    .leftJoin('users', 'users.id', 'tutor.userId')
    .select(['tutor.id', 'tutor.email', 'users.email as userEmail', 'tutor.userId', 'users.locale', 'tutor.timezone'])
    .where('tutor.id', 'in', [...new Set(due.map((one) => one.tutor.id))])
    .execute();
  const mails = tutors.flatMap((tutor): QueuedMail[] => {
    const own = due.filter((one) => one.tutor.id === tutor.id);
    const address = tutor.email ?? tutor.userEmail;
    if (!address) return [];
    return [
      {
        template: 'clearances-expiring',
        to: { name: oneLine(own[0]?.tutor.name ?? ''), address },
        userId: tutor.userId,
        dedupeKey: `clearances:tutor:${tutor.id}:${today}:${own.map((one) => one.clearanceId).join()}`,
        data: {
          link: `${ctx.config.origin}/tutor/documents`,
          ...(tutor.locale ? { locale: tutor.locale } : {}),
          zone: tutor.timezone,
          audience: 'tutor',
          clearances: own.slice(0, MOST_IN_A_MAIL).map(lineOf),
        },
      },
    ];
  });
  await queueMails(trx, ctx, mails);
}

async function tellOffice(
  trx: Transaction<DB>,
  ctx: MailContext,
  due: readonly Due[],
  today: string,
  to: { name: string; address: string },
): Promise<void> {
  await queueMails(trx, ctx, [
    {
      template: 'clearances-expiring',
      to,
      dedupeKey: `clearances:office:${today}:${due.map((one) => one.clearanceId).join()}`,
      data: {
        link: `${ctx.config.origin}/office/clearances`,
        audience: 'office',
        clearances: due.slice(0, MOST_IN_A_MAIL).map(lineOf),
      },
    },
  ]);
}
