import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { oneLine, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockWaiting } from './lock-waiting.server.ts';
import { getWaiting } from './waiting-queries.server.ts';

/**
 * Offers a free place to who waits for it: the family gets a mail with the page on which they take it or let it go. It
 * keeps nothing: whoever is first has it. Offered already: nobody is told again.
 * @throws DomainError not_found; conflict when they have a place or left; invalid_value when nothing is free
 */
export async function offerPlace(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: { waitingId: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const entry = await lockWaiting(trx, input.waitingId);
    if (entry.status === 'offered') return;
    const now = ctx.clock();
    const waiting = await getWaiting(trx, now, entry.id);
    if (waiting.free < 1) throw new DomainError('invalid_value', 'There is no free place to offer.');
    await trx.updateTable('waitingList').set({ status: 'offered', offeredAt: now }).where('id', '=', entry.id).execute();
    await audit(trx, actor, {
      action: 'waiting_list.offer',
      subjectType: waiting.seriesId ? 'series' : 'session',
      subjectId: waiting.seriesId ?? waiting.sessionId,
      sessionId: waiting.sessionId,
      after: { studentId: waiting.studentId },
    });
    const readers = await listReaders(trx, waiting.studentId);
    const next =
      waiting.startsAt && waiting.endsAt
        ? { startsAt: waiting.startsAt.toISOString(), endsAt: waiting.endsAt.toISOString() }
        : null;
    await queueMails(
      trx,
      ctx,
      readers.map((reader) => ({
        template: 'place-offered' as const,
        to: { name: reader.name, address: reader.address },
        userId: reader.userId,
        dedupeKey: `place-offered:${entry.id}:${now.getTime()}:${reader.address.toLowerCase()}`,
        data: {
          ...(reader.locale ? { locale: reader.locale } : {}),
          ...(reader.zone ? { zone: reader.zone } : {}),
          link: `${ctx.config.origin}/family/places/${entry.id}`,
          student: oneLine(waiting.studentName),
          what: oneLine(waiting.what),
          next,
          several: waiting.seriesId !== null,
        },
      })),
    );
  });
}

interface OfferReader {
  name: string;
  address: string;
  userId: string | null;
  zone: string | null;
  locale: string | null;
}

/** Who pays, and the student; one mail per address. */
async function listReaders(db: Kysely<DB>, studentId: string): Promise<OfferReader[]> {
  const client = await db
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .leftJoin('users', 'users.id', 'client.userId')
    .select(({ fn }) => [
      'client.name',
      'client.userId',
      'users.locale',
      fn.coalesce('client.email', 'users.email').as('address'),
      fn.coalesce('users.timezone', 'client.timezone').as('zone'),
    ])
    .where('student.id', '=', studentId)
    .executeTakeFirst();
  const student = await db
    .selectFrom('student')
    .leftJoin('users', 'users.id', 'student.userId')
    .select(({ fn }) => [
      'student.firstName as name',
      'student.userId',
      'users.locale',
      fn.coalesce('student.email', 'users.email').as('address'),
      fn.coalesce('users.timezone', 'student.timezone').as('zone'),
    ])
    .where('student.id', '=', studentId)
    .executeTakeFirst();
  const byAddress = new Map<string, OfferReader>();
  for (const reader of [client, student]) {
    const { address } = reader ?? {};
    if (reader && address && !byAddress.has(address.toLowerCase())) byAddress.set(address.toLowerCase(), { ...reader, address });
  }
  return [...byAddress.values()];
}
