import type { Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { addPayAdjustment } from '#app/domain/payroll/add-pay-adjustment.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { addDays, addMinutes, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company, families, tutors } from './company.ts';
import { chance, idOf, pick } from './random.ts';
import { TEN_LESSONS } from './seed-credits.server.ts';
import { userIdOf } from './seed-people.server.ts';
import type { Happening } from './seed-sessions.server.ts';
import { weeklyPlan } from './weekly-plan.ts';

const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };
const day = (date: string) => startOfDay(date, company.timezone);

/** Packages of ten before the first lesson, and again half-way; two families forgot one and will run out. */
export function packageHappenings(firstDay: string, now: Date): Happening[] {
  const buyers = families.filter((family) => family.mode === 'credits');
  return buyers.flatMap((family, i) => {
    const needed =
      weeklyPlan().reduce((sum, lesson) => sum + lesson.students.filter((student) => student.clientId === family.id).length, 0) *
      12;
    const packages = Math.ceil(needed / 10) - (i % 9 === 4 ? 1 : 0);
    return Array.from({ length: packages }, (_, n): Happening => {
      const bought = addDays(firstDay, (n % 2) * 35 + Math.floor(n / 2) - 3);
      return {
        at: now < day(bought) ? now : day(bought),
        tell: (trx, ctx) =>
          sellPackage(
            trx,
            ctx,
            { ...admin, at: ctx.clock() },
            {
              id: idOf('package', family.key, n),
              ref: `P${String(i + 1).padStart(3, '0')}-${n + 1}`,
              clientId: family.id,
              packageId: TEN_LESSONS,
              description: 'Ten lessons',
              credits: 1000n,
              price: 72000n,
              purchasedOn: bought,
              expiresOn: addDays(bought, 180),
            },
          ),
      };
    });
  });
}

/** What the office does after a month: invoices on the second day, and pay. */
export function monthHappenings(period: { from: string; to: string }, now: Date, monthsAgo: number): Happening[] {
  const runDay = new Date(Math.min(day(addDays(period.to, 1)).getTime() + 10 * 3_600_000, now.getTime()));
  return [
    {
      at: runDay,
      tell: async (trx, ctx) => {
        const preview = await previewInvoiceRun(trx, period, ctx.clock());
        if (preview.totals.lines === 0) return;
        const { runId } = await confirmInvoiceRun(trx, ctx, { ...admin, at: ctx.clock() }, { ...period, hash: preview.hash });
        await issueInvoiceRun(trx, ctx, { runId, quiet: true }, { ...admin, at: ctx.clock() });
      },
    },
    ...adjustments(period, runDay),
    ...payments(period, runDay, monthsAgo).filter((payment) => payment.at < now),
    ...(monthsAgo === 2 ? [creditNote(period, addMinutes(runDay, 3 * DAY))] : []),
    {
      at: addMinutes(runDay, 60),
      tell: async (trx, ctx) => {
        const preview = await previewPayRun(trx, period, ctx.clock());
        if (preview.totals.lines === 0) return;
        await approvePayRun(trx, ctx, { ...admin, at: ctx.clock() }, { ...period, hash: preview.hash });
      },
    },
  ];
}

const DAY = 24 * 60;

/** Most families pay within two weeks, some late, some in part, and some of last month's are still open. */
function payments(period: { from: string }, runDay: Date, monthsAgo: number): Happening[] {
  return families.flatMap((family, i): Happening[] => {
    const open = monthsAgo === 1 && (i === 0 || chance('open', family.key) < 0.4);
    if (open || chance('never', family.key) < 0.03) return [];
    const at = addMinutes(runDay, (2 + Math.floor(chance('paid', family.key, monthsAgo) * 14)) * DAY);
    return [
      {
        at,
        tell: async (trx, ctx) => {
          const invoice = await findInvoice(trx, family.id, period.from);
          if (!invoice || invoice.total <= 0n) return;
          await recordPayment(
            trx,
            ctx,
            { ...admin, at: ctx.clock() },
            {
              id: idOf('payment', family.key, period.from),
              clientId: family.id,
              amount: chance('part', family.key) < 0.06 ? (invoice.total + 1n) / 2n : invoice.total,
              receivedOn: localDateOf(at, company.timezone),
              method: pick(['transfer', 'transfer', 'card', 'cheque'], 'method', family.key),
              reference: invoice.numberText,
            },
          );
        },
      },
    ];
  });
}

function creditNote(period: { from: string }, at: Date): Happening {
  return {
    at,
    tell: async (trx, ctx) => {
      const line = await trx
        .selectFrom('invoiceLine')
        .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
        .innerJoin('invoiceRun', 'invoiceRun.id', 'invoice.runId')
        .select(['invoiceLine.id', 'invoiceLine.invoiceId'])
        .where('invoiceRun.periodFrom', '=', period.from)
        .where('invoiceLine.kind', '=', 'session')
        .where('invoice.clientId', '<>', families[0]?.id ?? '')
        .orderBy('invoice.number', 'desc')
        .orderBy('invoiceLine.position')
        .limit(1)
        .executeTakeFirst();
      if (!line) return;
      await issueCreditNote(
        trx,
        ctx,
        { ...admin, at: ctx.clock() },
        {
          invoiceId: line.invoiceId,
          lineIds: [line.id],
          reason: 'The lesson was cut short; agreed with the family.',
        },
      );
    },
  };
}

function findInvoice(trx: Transaction<DB>, clientId: string, periodFrom: string) {
  return trx
    .selectFrom('invoice')
    .innerJoin('invoiceRun', 'invoiceRun.id', 'invoice.runId')
    .select(['invoice.total', 'invoice.numberText'])
    .where('invoice.clientId', '=', clientId)
    .where('invoiceRun.periodFrom', '=', periodFrom)
    .executeTakeFirst();
}

function adjustments(period: { from: string; to: string }, at: Date): Happening[] {
  const lines = [
    [1, 'bonus', 5000n, 'Covered three lessons at short notice'],
    [4, 'expense', 2350n, 'Two workbooks for the group'],
    [9, 'correction', -1900n, 'Half an hour paid twice last month'],
  ] as const;
  return lines.map(([tutor, kind, amount, note]) => ({
    at,
    tell: (trx, ctx) =>
      addPayAdjustment(
        trx,
        ctx,
        { ...admin, at: ctx.clock() },
        {
          id: idOf('adjustment', kind, period.from),
          tutorId: tutors[tutor]?.id ?? '',
          kind,
          localDate: addDays(period.from, 20),
          amount,
          note,
        },
      ),
  }));
}
