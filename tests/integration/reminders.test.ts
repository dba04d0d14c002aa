import { beforeAll, describe, expect, it } from 'vitest';
import { getInvoice, listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { addReminderStep } from '#app/domain/billing/reminders/add-reminder-step.server.ts';
import { archiveReminderStep } from '#app/domain/billing/reminders/archive-reminder-step.server.ts';
import { leaveInPeace } from '#app/domain/billing/reminders/leave-in-peace.server.ts';
import { remindOverdue } from '#app/domain/billing/reminders/remind-overdue.server.ts';
import { listReminderSteps, listRemindersOf } from '#app/domain/billing/reminders/reminder-queries.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-01T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const clients: Record<'one' | 'quiet' | 'silent' | 'paid', string> = { one: '', quiet: '', silent: '', paid: '' };
const invoiceOf = async (clientId: string) => (await listInvoices(db, { clientIds: [clientId] }))[0]?.id ?? '';
const mails = () =>
  db.selectFrom('mailMessage').selectAll().where('template', '=', 'invoice-reminder').orderBy('createdAt').execute();

beforeAll(async () => {
  const organisation = await anOrganisation(db);
  const ground = {
    organisation,
    tutorId: (await aTutor(db)).id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  for (const [index, name] of (['one', 'quiet', 'silent', 'paid'] as const).entries()) {
    const client = await aClient(db, { ref: `C00${index}`, name, ...(name === 'silent' ? { email: null } : {}) });
    clients[name] = client.id;
    const student = await aStudent(db, { clientId: client.id });
    await aSettledPlace(db, ground, {
      ...{ clientId: client.id, clientRef: `C00${index}`, studentId: student.id, date: `2026-03-0${index + 2}`, net: 10_000n },
    });
  }
  // Due on 15 April.
  await runInvoices(db, ctx, office, { from: '2026-03-01', to: '2026-04-01', quiet: true });
  await recordPayment(db, ctx, office, { clientId: clients.paid, amount: 10_000n, receivedOn: '2026-04-01', method: 'cash' });
  await leaveInPeace(db, office, { clientId: clients.quiet, peace: true });
  const step = {
    subject: 'Invoice {number} is waiting',
    text: 'Dear {family}, {open} was due on {due}.',
    fee: 0n,
    feePercent: '0',
  };
  await addReminderStep(db, office, { ...step, daysAfterDue: 7 });
  await addReminderStep(db, office, { ...step, daysAfterDue: 21, subject: 'Second: {number}', fee: 500n, feePercent: '2.5' });
});

describe('reminders', () => {
  it('go out only once they are switched on, and not before their day', async () => {
    ctx.setNow('2026-04-22T06:00:00Z');
    expect(await remindOverdue(db, ctx)).toBe(0);
    await saveMoneySettings(db, office, { reminders: true });
    ctx.setNow('2026-04-21T06:00:00Z');
    expect(await remindOverdue(db, ctx)).toBe(0);
  });

  it('tell who owes, once per step, in the company’s words; nobody who paid, has no address or is left in peace', async () => {
    ctx.setNow('2026-04-22T06:00:00Z');
    expect(await remindOverdue(db, ctx)).toBe(1);
    expect(await remindOverdue(db, ctx)).toBe(0);
    const invoiceId = await invoiceOf(clients.one);
    const { numberText } = await getInvoice(db, invoiceId);
    expect(await mails()).toMatchObject([
      {
        invoiceId,
        data: { subject: `Invoice ${numberText} is waiting`, text: 'Dear one, €100.00 was due on 15 Apr 2026.', open: '10000' },
      },
    ]);
    expect(await listRemindersOf(db, invoiceId)).toMatchObject([{ open: 10_000n, fee: null }]);
  });

  it('a late fee is charged with its step and stands on the next invoice', async () => {
    ctx.setNow('2026-05-06T06:00:00Z');
    expect(await remindOverdue(db, ctx)).toBe(1);
    expect((await listRemindersOf(db, await invoiceOf(clients.one))).map((one) => one.fee)).toEqual([null, 750n]);
    ctx.setNow('2026-06-01T09:00:00Z');
    await runInvoices(db, ctx, office, { from: '2026-05-01', to: '2026-06-01', quiet: true });
    const [newest] = await listInvoices(db, { clientIds: [clients.one] });
    const lines = (await getInvoice(db, newest?.id ?? '')).lines;
    expect(lines).toMatchObject([{ kind: 'late_fee', net: 750n, localDate: '2026-05-06' }]);
    const fees = await db.selectFrom('account').select('balance').where('code', '=', 'income:fees').executeTakeFirst();
    expect(fees?.balance).toBe(-750n);
  });

  it('a step that is taken away mails nobody, and two on one day are refused at the field', async () => {
    const [first] = await listReminderSteps(db);
    const again = addReminderStep(db, office, { daysAfterDue: 7, subject: 'x', text: '', fee: 0n, feePercent: '0' });
    await expect(again).rejects.toMatchObject({ field: 'daysAfterDue' });
    await archiveReminderStep(db, ctx, office, { id: first?.id ?? '' });
    expect((await listReminderSteps(db)).map((step) => step.daysAfterDue)).toEqual([21]);
    const early = addReminderStep(db, office, { daysAfterDue: -3, subject: 'x', text: '', fee: 5n, feePercent: '0' });
    await expect(early).rejects.toMatchObject({ field: 'fee' });
  });
});
