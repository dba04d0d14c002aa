import type { Transaction } from 'kysely';
import { type MailContext, oneLine, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import type { DB } from '#db/types.ts';
import { lastGoodDay } from './clearance.ts';

/** Tells the tutor whether their paper is accepted; in the transaction of the decision, and after it. */
export async function queueClearanceMail(trx: Transaction<DB>, ctx: MailContext, id: string): Promise<void> {
  const row = await trx
    .selectFrom('clearance')
    .innerJoin('clearanceType', 'clearanceType.id', 'clearance.typeId')
    .innerJoin('tutor', 'tutor.id', 'clearance.tutorId')
    .leftJoin('users', 'users.id', 'tutor.userId')
    .select(['clearance.status', 'clearance.note', 'clearance.issuedOn', 'clearance.expiresOn', 'clearance.version'])
    .select(['clearanceType.name', 'clearanceType.validMonths'])
    .select(['tutor.firstName', 'tutor.lastName', 'tutor.userId', 'tutor.timezone', 'users.locale'])
    .select((eb) => eb.fn.coalesce('tutor.email', 'users.email').as('address'))
    .where('clearance.id', '=', id)
    .executeTakeFirstOrThrow();
  if (!row.address) return;
  await queueMail(trx, ctx, {
    template: 'clearance-checked',
    to: { name: oneLine(`${row.firstName} ${row.lastName}`), address: row.address },
    userId: row.userId,
    dedupeKey: `clearance:${id}:${row.version}`,
    data: {
      ...(row.locale ? { locale: row.locale } : {}),
      zone: row.timezone,
      link: `${ctx.config.origin}/tutor/documents`,
      what: oneLine(row.name),
      accepted: row.status === 'valid',
      until: lastGoodDay(row, row.validMonths),
      note: oneLine(row.note) || null,
    },
  });
}
