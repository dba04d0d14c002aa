import { type Kysely, sql } from 'kysely';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { handlePaymentEvents } from '#app/domain/payments/handle-payment-events.server.ts';
import { refreshCollection } from '#app/domain/payments/refresh-collection.server.ts';
import { forgetCard } from '#app/domain/payments/remove-card.server.ts';
import { sendRefund } from '#app/domain/payments/send-refund.server.ts';
import { startCollection } from '#app/domain/payments/start-collection.server.ts';
import type { DB } from '#db/types.ts';
import type { SignedWebhook } from '#plugins/contract/testing/index.ts';
import { aGateway } from '#tests/factories/gateway.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace, type Ground } from '#tests/factories/money.ts';
import { fakeStripe } from '#tests/fakes/stripe/fake-stripe.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

/** A company that takes payments through the fake of Stripe, and families with invoices. */
export async function payingCompany(now: string) {
  const { db } = await testDatabase();
  const stripe = fakeStripe();
  const ctx = testContext(db, { now, fetch: (url, init) => stripe.fetch(url, init) });
  const office = { userId: null, kind: 'system' as const };
  const organisation = await anOrganisation(db);
  const installId = await aGateway(db, ctx, stripe.settings);
  const tutor = await aTutor(db);
  const ground: Ground = {
    organisation,
    tutorId: tutor.id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  let day = 0;
  const students = new Map<string, string>();
  const back = { success: '/family/payments', cancel: '/family/payments' };

  return {
    db,
    stripe,
    ctx,
    office,
    installId,
    organisation,

    aFamily: () => aClient(db),

    /** One more invoice of the family. */
    async anInvoice(client: { id: string; ref: string }, net: bigint): Promise<string> {
      day += 1;
      const from = `2025-${String(1 + Math.floor(day / 28)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`;
      const to = new Date(`${from}T00:00:00Z`);
      to.setUTCDate(to.getUTCDate() + 1);
      const studentId = students.get(client.id) ?? (await aStudent(db, { clientId: client.id })).id;
      students.set(client.id, studentId);
      await aSettledPlace(db, ground, { clientId: client.id, clientRef: client.ref, studentId, date: from, net });
      await runInvoices(db, ctx, office, { from, to: to.toISOString().slice(0, 10) });
      const [newest] = await listInvoices(db, { clientIds: [client.id] });
      if (!newest) throw new Error('no invoice');
      return newest.id;
    },

    begin: (want: Omit<Parameters<typeof startCollection>[3], 'back'>) => startCollection(db, ctx, office, { ...want, back }),

    collection: (id: string) => db.selectFrom('collection').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),

    /** What the gateway's page is called by at the gateway. */
    async pageOf(id: string): Promise<string> {
      const row = await db.selectFrom('collection').select('gatewayRef').where('id', '=', id).executeTakeFirstOrThrow();
      return row.gatewayRef ?? '';
    },

    /** Webhooks as they come, each through its signature. */
    async deliver(calls: readonly SignedWebhook[], within: Kysely<DB> = db): Promise<void> {
      const { gateway } = await ctx.plugins.paymentGateway(db, installId);
      for (const call of calls) {
        const read = gateway.webhook({ ...call, now: ctx.clock() });
        if (!read.ok) throw new Error(read.message);
        await handlePaymentEvents(within, ctx, { installId, events: read.events });
      }
    },

    /** Does what was put on the queue about payments. */
    async work(): Promise<void> {
      for (const job of ctx.jobs.splice(0)) {
        if (job.name === 'payment.refund') await sendRefund(ctx, job.data);
        if (job.name === 'collection.refresh') await refreshCollection(ctx, job.data);
        if (job.name === 'card.forget') await forgetCard(ctx, job.data);
      }
    },

    paymentsOf: (clientId: string) => db.selectFrom('payment').selectAll().where('clientId', '=', clientId).execute(),

    async openOf(invoiceId: string): Promise<bigint> {
      const invoices = await listInvoices(db);
      return invoices.find((invoice) => invoice.id === invoiceId)?.open ?? -1n;
    },

    balance: async (code: string) =>
      (await db.selectFrom('account').select('balance').where('code', '=', code).executeTakeFirst())?.balance ?? 0n,

    mails: async (clientEmail: string | null) =>
      (
        await sql<{ about: string }>`SELECT data ->> 'about' AS about FROM mail_message
          WHERE template = 'payment' AND to_address = ${clientEmail} ORDER BY id`.execute(db)
      ).rows.map((row) => row.about),
  };
}
