import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import type { DB } from '#db/types.ts';

export interface PaymentMail {
  about: 'received' | 'coming' | 'failed' | 'given_back';
  clientId: string;
  amount: bigint;
  currency: string;
  /** The same event told twice is one mail. */
  key: string;
  on?: string;
  at?: Date;
  how?: string;
  reason?: string;
  invoices?: readonly string[];
  /** Path on our origin; default: the family's payments. */
  path?: string;
}

/** Tells a family about its money; one without an address is not told. */
export async function queuePaymentMail(trx: Kysely<DB>, ctx: DomainContext, mail: PaymentMail): Promise<void> {
  const client = await trx
    .selectFrom('client')
    .select(['name', 'email', 'userId'])
    .where('id', '=', mail.clientId)
    .executeTakeFirstOrThrow();
  if (!client.email) return;
  await queueMail(trx, ctx, {
    template: 'payment',
    to: { name: client.name, address: client.email },
    userId: client.userId,
    dedupeKey: `payment:${mail.about}:${mail.key}`,
    data: {
      link: `${ctx.config.origin}${mail.path ?? '/family/payments'}`,
      about: mail.about,
      amount: mail.amount.toString(),
      currency: mail.currency,
      on: mail.on ?? null,
      at: mail.at?.toISOString() ?? null,
      how: line(mail.how ?? '', 200),
      invoices: (mail.invoices ?? []).slice(0, 50),
      reason: line(mail.reason ?? '', 1000),
    },
  });
}

/** A reference or a reason as somebody typed it, as one line. */
const line = (text: string, max: number) =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
    .slice(0, max);
