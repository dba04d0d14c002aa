import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listInvoices } from '#app/domain/billing/invoice-queries.server.ts';
import { recordPayment } from '#app/domain/billing/record-payment.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { closeBooks } from '#app/domain/books/close-books.server.ts';
import { loader as books, action as close } from '#app/routes/office.books._index/route.tsx';
import { loader as account } from '#app/routes/office.books.accounts.$id/route.tsx';
import { loader as group } from '#app/routes/office.books.group/route.tsx';
import { loader as journal } from '#app/routes/office.books.journal/route.ts';
import { loader as csv } from '#app/routes/office.books.sessions[.]csv/route.ts';
import { loader as transaction } from '#app/routes/office.books.transactions.$id/route.tsx';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-10T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const organisation = await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'], name: 'Ada Admin' });
const scheduler = await aUser(db, { roles: ['scheduler'] });
const client = await aClient(db, { ref: 'C001', name: '=Łucja Žižek' });
const student = await aStudent(db, { clientId: client.id });
const ground = {
  organisation,
  tutorId: (await aTutor(db)).id,
  programId: (await aProgram(db)).id,
  subjectId: (await aSubject(db)).id,
  policyVersionId: await aPolicyVersion(db),
};
const actor = { userId: admin.id, kind: 'user' as const };

async function args(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: /[0-9a-f-]{36}/.exec(path)?.[0] } } as never;
}

interface Refused {
  data: { errors: Record<string, string>; message?: string };
}

beforeAll(async () => {
  for (const date of ['2026-03-03', '2026-03-10']) {
    await aSettledPlace(db, ground, { clientId: client.id, clientRef: client.ref, studentId: student.id, date });
  }
  await runInvoices(db, ctx, actor, { from: '2026-03-01', to: '2026-04-01' });
  await recordPayment(db, ctx, actor, { clientId: client.id, amount: 5000n, receivedOn: '2026-04-09', method: 'cash' });
});

describe('the books in the browser', () => {
  it('show what moved in the days and what stood at their end, group by group', async () => {
    const march = await books(await args(admin, '/office/books?from=2026-03-01&until=2026-03-31'));
    const of = (page: typeof march, name: string) => page.groups.find((one) => one.group === name);
    expect(of(march, 'income:tuition')).toMatchObject({ moved: -12_000n, balance: -12_000n });
    expect(of(march, 'assets:unbilled')).toMatchObject({ moved: 12_000n, balance: 12_000n });
    expect(of(march, 'assets:bank')).toMatchObject({ moved: 0n, balance: 0n });
    const april = await books(await args(admin, '/office/books?from=2026-04-01&until=2026-04-30'));
    expect(of(april, 'assets:receivable')).toMatchObject({ moved: 7000n, balance: 7000n, accounts: 1 });
    expect(april.groups.reduce((sum, one) => sum + (one.commodity === 'EUR' ? one.balance : 0n), 0n)).toBe(0n);
  });

  it('lead from a group to its accounts, their entries, the posting, and what it was posted for', async () => {
    const { accounts } = await group(
      await args(admin, '/office/books/group?group=assets:receivable&from=2026-04-01&until=2026-04-30'),
    );
    expect(accounts).toMatchObject([{ name: '=Łucja Žižek', balance: 7000n }]);
    const page = await account(await args(admin, `/office/books/accounts/${accounts[0]?.id}`));
    expect(page.entries.map((entry) => [entry.amount, entry.balanceAfter])).toEqual([
      [-5000n, 7000n],
      [12_000n, 12_000n],
    ]);
    const posting = await transaction(await args(admin, `/office/books/transactions/${page.entries[1]?.transactionId}`));
    const [invoice] = await listInvoices(db, { today: '2026-04-10' });
    expect(posting.from).toEqual({ to: `/office/invoices/${invoice?.id}`, label: 'The invoice' });
    expect(posting.transaction.entries.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(0n);
  });

  it('are no business of a scheduler', async () => {
    await expect(books(await args(scheduler, '/office/books'))).rejects.toMatchObject({ status: 403 });
  });

  it('can be had as a journal, and the sessions with their billable tag as CSV that starts no formula', async () => {
    const text = await (await journal(await args(admin, '/office/books/journal?format=beancount'))).text();
    expect(text).toContain('open Assets:Receivable:C001 EUR');
    const lines = (await (await csv(await args(admin, '/office/books/sessions.csv?from=2026-03-01&until=2026-03-31'))).text())
      .trim()
      .split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('billable,billing,charge_percent');
    expect(lines[1]).toMatch(/,2026-03-03,10:00,60,.*,'=Łucja Žižek,C001,.*,attended,yes,Invoicing,/);
  });
});

describe('closing the books', () => {
  const send = async (form: Record<string, string>) => {
    try {
      return (await close(await args(admin, '/office/books', form))) as unknown as Refused;
    } catch (thrown) {
      return (thrown as Response).status;
    }
  };
  const closed = async () =>
    (await db.selectFrom('organisation').select('booksClosedTo').executeTakeFirstOrThrow()).booksClosedTo;

  it('is kept with who, when and why, and done once however often it is sent', async () => {
    const form = { do: 'close', closedTo: '2026-03-31', was: '', reason: 'VAT return sent' };
    expect(await send(form)).toBe(302);
    expect(await send(form)).toBe(302);
    expect(await closed()).toBe('2026-03-31');
    const page = await books(await args(admin, '/office/books'));
    expect(page.closings).toMatchObject([
      { closedTo: '2026-03-31', was: null, reason: 'VAT return sent', decidedBy: 'Ada Admin' },
    ]);
    const audited = await db.selectFrom('auditLog').select('reason').where('action', '=', 'books.close').execute();
    expect(audited).toEqual([{ reason: 'VAT return sent' }]);
  });

  it('refuses a day that is not over, no day, and what somebody else changed meanwhile', async () => {
    const day = (await send({ do: 'close', closedTo: '2026-04-10', was: '2026-03-31', reason: '' })) as Refused;
    expect(day.data.errors.closedTo).toBe('Only days that are over can be closed.');
    expect(
      ((await send({ do: 'close', closedTo: '', was: '2026-03-31', reason: '' })) as Refused).data.errors.closedTo,
    ).toBeTruthy();
    const stale = (await send({ do: 'close', closedTo: '2026-04-02', was: '', reason: '' })) as Refused;
    expect(stale.data.message).toContain('Somebody closed or opened the books meanwhile');
  });

  it('opens days again for a reason alone', async () => {
    const without = (await send({ do: 'open', closedTo: '', was: '2026-03-31', reason: '' })) as Refused;
    expect(without.data.errors.reason).toBe('Say why closed days are opened again.');
    expect(await send({ do: 'open', closedTo: '2026-02-28', was: '2026-03-31', reason: 'A payment was forgotten' })).toBe(302);
    expect(await closed()).toBe('2026-02-28');
  });

  it('waits for a posting under way, so that none slips into closed days', async () => {
    const order: string[] = [];
    let closing: Promise<void> | undefined;
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('ledgerTransaction')
        .values({ idempotencyKey: 'under way', effectiveOn: '2026-03-20', description: 'x' })
        .execute();
      closing = closeBooks(db, ctx, actor, { closedTo: '2026-03-31', was: '2026-02-28', reason: '' }).then(
        () => void order.push('closed'),
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
      order.push('posted');
    });
    await closing;
    expect(order).toEqual(['posted', 'closed']);
  });
});
