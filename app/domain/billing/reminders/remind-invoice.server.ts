import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { oneLine, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { accounts } from '../accounts.ts';
import { dayText, moneyText } from '../documents/document-text.ts';
import { payLinkOf } from '../documents/pay-link.server.ts';
import { getInvoice } from '../invoice-queries.server.ts';
import { post } from '../ledger.server.ts';
import { percentOf } from '../money.ts';
import { fillWords } from './due-step.ts';

/**
 * Mails a family a step's reminder of an open invoice, with the invoice, and charges the step's late fee, which goes onto
 * the next run. Each step once per invoice: repeated, nothing happens.
 * @returns false where it was sent before, or nothing is open
 * @throws DomainError not_found, invalid_value where the family has no address
 */
export async function remindInvoice(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { invoiceId: string; stepId: string },
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const step = await trx.selectFrom('reminderStep').selectAll().where('id', '=', input.stepId).executeTakeFirst();
    if (!step) throw new DomainError('not_found', 'This reminder is not there.');
    const { clientId } = await getInvoice(trx, input.invoiceId);
    const client = await trx
      .selectFrom('client')
      .select(['id', 'ref', 'name', 'email', 'userId'])
      .where('id', '=', clientId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    if (!client.email) throw new DomainError('invalid_value', 'This family has no e-mail address.');
    const invoice = await getInvoice(trx, input.invoiceId);
    const sent = await trx
      .selectFrom('invoiceReminder')
      .select('id')
      .where('invoiceId', '=', invoice.id)
      .where('stepId', '=', step.id)
      .executeTakeFirst();
    if (sent || invoice.open <= 0n) return false;
    const { timezone, locale } = await getOrganisation(trx);
    const today = localDateOf(ctx.clock(), timezone);
    const fee = step.fee + percentOf(invoice.open, step.feePercent);
    const feeChargeId =
      fee > 0n ? await chargeFee(trx, ctx, client, { fee, today, number: invoice.numberText, currency: invoice.currency }) : null;
    const open = moneyText(invoice.open, invoice.currency, locale);
    const words = { number: invoice.numberText, open, due: dayText(invoice.dueOn, locale), family: client.name };
    const dedupeKey = `reminder:${invoice.id}:${step.id}`;
    await queueMail(trx, ctx, {
      template: 'invoice-reminder',
      to: { name: client.name, address: client.email },
      userId: client.userId,
      invoiceId: invoice.id,
      dedupeKey,
      data: {
        link: payLinkOf(ctx.config, invoice.company, invoice.id) ?? `${ctx.config.origin}/family/invoices/${invoice.id}`,
        subject: oneLine(fillWords(step.subject, words)).slice(0, 200),
        text: fillWords(step.text, words),
        number: invoice.numberText,
        open: invoice.open.toString(),
        fee: fee.toString(),
        currency: invoice.currency,
        dueOn: invoice.dueOn,
      },
    });
    const mail = await trx.selectFrom('mailMessage').select('id').where('dedupeKey', '=', dedupeKey).executeTakeFirst();
    await trx
      .insertInto('invoiceReminder')
      .values({
        ...{ invoiceId: invoice.id, stepId: step.id, sentAt: ctx.clock() },
        ...{ open: invoice.open, mailId: mail?.id ?? null, feeChargeId },
      })
      .execute();
    await audit(trx, actor, {
      action: 'invoice.remind',
      subjectType: 'invoice',
      subjectId: invoice.id,
      after: { stepId: step.id, open: invoice.open, fee },
    });
    return true;
  });
}

interface Fee {
  fee: bigint;
  today: string;
  number: string;
  currency: string;
}

/** The fee as a line of the next invoice. */
async function chargeFee(
  trx: Transaction<DB>,
  ctx: DomainContext,
  client: { id: string; ref: string },
  { fee, today, number, currency }: Fee,
): Promise<string> {
  const id = randomUUID();
  const description = `Late fee for ${number}`;
  await trx
    .insertInto('charge')
    .values({
      ...{ id, kind: 'late_fee', clientId: client.id, localDate: today, description, net: fee, settledAt: ctx.clock() },
      reason: JSON.stringify({ said: `reminded of ${number}` }),
    })
    .execute();
  await post(trx, {
    key: `late-fee:${id}`,
    effectiveOn: today,
    description,
    entries: [
      { account: accounts.unbilled(client, currency), amount: fee },
      { account: accounts.fees(currency), amount: -fee },
    ],
  });
  return id;
}
