import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { recordBounce } from '#app/domain/messages/record-bounce.server.ts';
import { WITHHELD } from '#app/domain/messages/why-withheld.server.ts';
import type { DB } from '#db/types.ts';

/** Of the mails that the demo tells of, one came back, the next to its address was withheld, and one may have arrived twice. */
export async function seedMails(trx: Transaction<DB>, ctx: Pick<DomainContext, 'clock'>): Promise<void> {
  const now = ctx.clock();
  const mails = await trx
    .selectFrom('mailMessage')
    .select(['id', 'toAddress'])
    .where('toAddress', 'not like', '%@demo.test')
    .orderBy('toAddress')
    .orderBy('id')
    .limit(40)
    .execute();
  // One that came back, and a later one to the same address, which was withheld.
  const withheld = mails.find((mail, i) => mails.slice(0, i).some((other) => other.toAddress === mail.toAddress));
  const bounced = mails.find((mail) => mail.toAddress === withheld?.toAddress);
  const doubtful = mails.find((mail) => mail.toAddress !== withheld?.toAddress);
  const set = (id: string, values: { status: string; error?: string; sentAt?: Date; doubtfulAt?: Date }) =>
    trx
      .updateTable('mailMessage')
      .set({ ...values, attempts: 1 })
      .where('id', '=', id)
      .execute();
  if (bounced) {
    await set(bounced.id, { status: 'sent', sentAt: now });
    const detail = '550 5.1.1 The mailbox does not exist';
    await recordBounce(trx, ctx, { mailId: bounced.id, address: bounced.toAddress, kind: 'hard', detail });
  }
  if (withheld) await set(withheld.id, { status: 'withheld', error: WITHHELD.hard });
  if (doubtful) await set(doubtful.id, { status: 'sent', sentAt: now, doubtfulAt: now });
}
