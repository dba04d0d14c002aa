import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { addCancellationReason } from '#app/domain/scheduling/add-cancellation-reason.server.ts';
import { arrangeCancellationReason } from '#app/domain/scheduling/arrange-cancellation-reason.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { listCancellationReasons, listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { editCancellationReason } from '#app/domain/scheduling/edit-cancellation-reason.server.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { bookReplacement } from '#app/domain/scheduling/replace-session.server.ts';
import { findSessionLinks, listCancellations } from '#app/domain/scheduling/replacement-queries.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-03T06:00:00Z' });
const actor: Actor = { userId: null, kind: 'system' };
const organisation = await anOrganisation(db, {
  policies: JSON.stringify({ late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '50' } }),
});
const subject = await aSubject(db);
const program = await aProgram(db, { kind: 'group', capacity: 3 });
let day = 9;

async function aSession(over: { studentIds?: string[]; tutorId?: string; at?: string } = {}) {
  day += 1;
  const at = over.at ?? `2026-03-${String(day).padStart(2, '0')}T10:00`;
  const tutorId = over.tutorId ?? (await aTutor(db, { subjectIds: [subject.id] })).id;
  const studentIds = over.studentIds ?? [(await aStudent(db)).id];
  const { sessionId } = await bookSession(db, ctx, actor, plan({ tutorId, studentIds, wallStart: at }));
  return { id: sessionId, tutorId, studentIds, at };
}

const plan = (over: { tutorId: string; studentIds: string[]; wallStart: string }) =>
  ({
    programId: program.id,
    subjectId: subject.id,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
    ...over,
  }) as const;

const refusedWith = (code: Parameters<typeof isDomainError>[1], field?: string) => (error: unknown) =>
  isDomainError(error, code) && (field === undefined || error.field === field);
const refusal = async (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);

const sessionOf = (id: string) => db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const outcomesOf = async (id: string) =>
  Object.fromEntries(
    (await db.selectFrom('attendance').select(['studentId', 'outcome']).where('sessionId', '=', id).execute()).map((row) => [
      row.studentId,
      row.outcome,
    ]),
  );
const mailsOf = async (sessionId: string) =>
  (await db.selectFrom('mailMessage').select('template').where('sessionId', '=', sessionId).execute()).map((row) => row.template);
const chargesOf = async (sessionId: string) =>
  (
    await db
      .selectFrom('charge')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .select('charge.net')
      .where('attendance.sessionId', '=', sessionId)
      .execute()
  ).map((row) => row.net);

beforeAll(async () => {
  await aRate(db, { amountPerHour: 6000n });
  await aRate(db, { side: 'pay', amountPerHour: 4000n });
});
beforeEach(() => ctx.setNow('2026-03-03T06:00:00Z'));

describe('the reasons the office keeps', () => {
  it('are offered to those who may give them, in the order of the list, and not once archived', async () => {
    const { id } = await addCancellationReason(db, actor, { label: 'Storm', saidBy: ['tutor'] });
    const labels = async (by: 'client' | 'tutor' | 'office') => (await listReasonChoices(db, by)).map((reason) => reason.label);
    expect(await labels('tutor')).toEqual(['Ill', 'Away or on holiday', 'Technical trouble', 'Something else', 'Storm']);
    expect(await labels('client')).not.toContain('Storm');
    await arrangeCancellationReason(db, ctx, actor, { id, to: 'up' });
    expect((await labels('tutor')).slice(-2)).toEqual(['Storm', 'Something else']);
    await arrangeCancellationReason(db, ctx, actor, { id, to: 'archive' });
    await arrangeCancellationReason(db, ctx, actor, { id, to: 'archive' });
    expect(await labels('tutor')).not.toContain('Storm');
    await arrangeCancellationReason(db, ctx, actor, { id, to: 'restore' });
    expect((await labels('tutor')).at(-1)).toBe('Storm');
  });

  it('a name is in the list once, also when two add it at the same moment', async () => {
    const both = await Promise.allSettled(
      ['Flood', 'FLOOD'].map((label) => addCancellationReason(db, actor, { label, saidBy: ['office'] })),
    );
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('the last one somebody may give stays', async () => {
    const all = await listCancellationReasons(db);
    const only = all.filter((reason) => !reason.archivedAt && reason.saidBy.includes('client'));
    for (const reason of only.slice(1)) await arrangeCancellationReason(db, ctx, actor, { id: reason.id, to: 'archive' });
    const last = await refusal(arrangeCancellationReason(db, ctx, actor, { id: only[0]?.id ?? '', to: 'archive' }));
    expect(last).toSatisfy(refusedWith('invalid_value'));
    for (const reason of only.slice(1)) await arrangeCancellationReason(db, ctx, actor, { id: reason.id, to: 'restore' });
  });

  it('somebody else’s change of a reason is told, not overwritten', async () => {
    const { id } = await addCancellationReason(db, actor, { label: 'Strike', saidBy: ['office'] });
    await editCancellationReason(db, actor, { id, version: 1, label: 'Bus strike', saidBy: ['office'] });
    const late = await refusal(editCancellationReason(db, actor, { id, version: 1, label: 'Rail strike', saidBy: ['office'] }));
    expect(late).toSatisfy(refusedWith('conflict'));
  });

  it('a cancellation keeps its reason and its words, and a reason that isn’t theirs to give is refused', async () => {
    const session = await aSession();
    const [technical] = (await listCancellationReasons(db)).filter((reason) => reason.label === 'Technical trouble');
    const { id: tutors } = await addCancellationReason(db, actor, { label: 'Car broke down', saidBy: ['tutor'] });
    const cancel = (reasonId: string) =>
      cancelSession(db, ctx, actor, { sessionId: session.id, by: 'client', reasonId, reason: 'No camera' });
    expect(await refusal(cancel(tutors))).toSatisfy(refusedWith('invalid_value', 'reasonId'));
    expect((await sessionOf(session.id)).status).toBe('scheduled');
    await cancel(technical?.id ?? '');
    expect(await listCancellations(db, session.id)).toMatchObject([{ by: 'client', reason: 'Technical trouble: No camera' }]);
    const mail = await db
      .selectFrom('mailMessage')
      .select('data')
      .where('sessionId', '=', session.id)
      .where('template', '=', 'session-cancelled')
      .executeTakeFirstOrThrow();
    expect(mail.data).toMatchObject({ cause: 'Technical trouble: No camera' });
  });
});

describe('what a cancellation means, before it is done', () => {
  it('half of 60.00 for the family and half of 40.00 for the tutor, and after it that is what is booked', async () => {
    const session = await aSession({ at: '2026-03-03T08:00' });
    const input = { sessionId: session.id, by: 'client' } as const;
    const preview = await previewCancellation(db, ctx, input);
    expect(preview).toMatchObject({ late: true, everybody: true, families: 1, pay: 2000n });
    expect(preview.places).toMatchObject([{ fee: 3000n, full: 6000n, chargePercent: '50' }]);
    await cancelSession(db, ctx, actor, { ...input, reason: '' });
    expect(await chargesOf(session.id)).toEqual([3000n]);
    const pay = await db.selectFrom('payItem').select('amount').where('sessionId', '=', session.id).execute();
    expect(pay).toEqual([{ amount: 2000n }]);
  });

  it('the office’s own cancellation costs nothing, however late', async () => {
    const session = await aSession({ at: '2026-03-03T11:00' });
    const preview = await previewCancellation(db, ctx, { sessionId: session.id, by: 'office' });
    expect(preview).toMatchObject({ late: false, pay: 0n });
    expect(preview.places[0]?.chargePercent).toBe('0');
  });
});

describe('taking a cancellation back', () => {
  it('the place is planned again, everybody is taken again, the late fee is gone and all are told', async () => {
    const session = await aSession({ at: '2026-03-03T14:00' });
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'client', reason: 'Wrong child' });
    expect(await chargesOf(session.id)).toEqual([3000n]);
    await restoreSession(db, ctx, actor, { sessionId: session.id });
    expect((await sessionOf(session.id)).status).toBe('scheduled');
    expect(await chargesOf(session.id)).toEqual([]);
    expect(await listCancellations(db, session.id)).toEqual([]);
    const clash = await refusal(
      bookSession(
        db,
        ctx,
        actor,
        plan({ tutorId: session.tutorId, studentIds: [(await aStudent(db)).id], wallStart: session.at }),
      ),
    );
    expect(clash).toSatisfy(refusedWith('tutor_conflict'));
    expect((await mailsOf(session.id)).filter((template) => template === 'session-confirmed')).toHaveLength(4);
    expect(await refusal(restoreSession(db, ctx, actor, { sessionId: session.id }))).toSatisfy(refusedWith('already_done'));
  });

  it('not when somebody took the time meanwhile: it says who', async () => {
    const session = await aSession();
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'office', reason: '' });
    const other = await aSession({ tutorId: session.tutorId, at: session.at });
    const refused = await refusal(restoreSession(db, ctx, actor, { sessionId: session.id }));
    expect(refused).toSatisfy(refusedWith('tutor_conflict'));
    expect(refused).toMatchObject({ details: { sessions: [{ id: other.id }] } });
    expect((await sessionOf(session.id)).status).toBe('cancelled');
  });

  it('one student of a group comes back alone, and only while there is a place', async () => {
    const [first, second, third, fourth] = await Promise.all(Array.from({ length: 4 }, async () => (await aStudent(db)).id));
    if (!first || !second || !third || !fourth) throw new Error('four students');
    const session = await aSession({ studentIds: [first, second, third] });
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'office', reason: '' });
    await restoreSession(db, ctx, actor, { sessionId: session.id, studentIds: [first] });
    expect(await outcomesOf(session.id)).toEqual({ [first]: 'planned', [second]: 'cancelled', [third]: 'cancelled' });
    expect((await listCancellations(db, session.id)).map((said) => said.studentId).sort()).toEqual([second, third].sort());
    await db.updateTable('session').set({ capacity: 2 }).where('id', '=', session.id).execute();
    await restoreSession(db, ctx, actor, { sessionId: session.id, studentIds: [second] });
    const full = await refusal(restoreSession(db, ctx, actor, { sessionId: session.id, studentIds: [third] }));
    expect(full).toSatisfy(refusedWith('invalid_value', 'studentIds'));
  });

  it('not once the late fee is on an invoice run', async () => {
    const session = await aSession({ at: '2026-03-03T17:00' });
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'client', reason: '' });
    const period = { from: '2026-03-03', to: '2026-03-04' };
    const { hash } = await previewInvoiceRun(db, period, ctx.clock());
    await confirmInvoiceRun(db, ctx, actor, { ...period, hash });
    expect(await refusal(restoreSession(db, ctx, actor, { sessionId: session.id }))).toSatisfy(refusedWith('locked'));
  });

  it('the credits that came back are booked again, or the shortfall is named', async () => {
    const client = await aClient(db, { billingInstallId: organisation.installs['billing-credits'] });
    const student = await aStudent(db, { clientId: client.id });
    await sellPackage(db, ctx, actor, { clientId: client.id, credits: 100n, price: 0n, purchasedOn: '2026-03-01' });
    const session = await aSession({ studentIds: [student.id] });
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'office', reason: '' });
    const used = await aSession({ studentIds: [student.id] });
    expect(await refusal(restoreSession(db, ctx, actor, { sessionId: session.id }))).toSatisfy(
      refusedWith('insufficient_credits'),
    );
    await cancelSession(db, ctx, actor, { sessionId: used.id, by: 'office', reason: '' });
    await restoreSession(db, ctx, actor, { sessionId: session.id });
    const booked = await sql<{
      balance: bigint;
    }>`SELECT balance FROM account WHERE client_id = ${client.id} AND code LIKE '%:booked'`
      .execute(db)
      .then(({ rows }) => rows[0]?.balance);
    expect(booked).toBe(100n);
  });

  it('two undo clicks at once bring it back once', async () => {
    const session = await aSession();
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'office', reason: '' });
    const both = await Promise.allSettled([1, 2].map(() => restoreSession(db, ctx, actor, { sessionId: session.id })));
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const audits = await db
      .selectFrom('auditLog')
      .select('id')
      .where('sessionId', '=', session.id)
      .where('action', '=', 'session.restore')
      .execute();
    expect(audits).toHaveLength(1);
  });
});

describe('cancelled and booked again', () => {
  it('in time: the former reads as rescheduled, each leads to the other, and it can’t be brought back beside it', async () => {
    const session = await aSession();
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'client', reason: '' });
    const { sessionId } = await bookReplacement(db, ctx, actor, {
      ...plan({ tutorId: session.tutorId, studentIds: session.studentIds, wallStart: '2026-03-30T10:00' }),
      replaces: session.id,
    });
    expect((await sessionOf(session.id)).status).toBe('rescheduled');
    expect((await findSessionLinks(db, session.id)).replacedBy.map((link) => link.id)).toEqual([sessionId]);
    expect((await findSessionLinks(db, sessionId)).replaces.map((link) => link.id)).toEqual([session.id]);
    expect(await refusal(restoreSession(db, ctx, actor, { sessionId: session.id }))).toSatisfy(refusedWith('locked'));
  });

  it('late: the fee and the tutor’s pay stay due, and the link is there all the same', async () => {
    const session = await aSession({ at: '2026-03-03T20:00' });
    await cancelSession(db, ctx, actor, { sessionId: session.id, by: 'client', reason: '' });
    await bookReplacement(db, ctx, actor, {
      ...plan({ tutorId: session.tutorId, studentIds: session.studentIds, wallStart: '2026-03-31T10:00' }),
      replaces: session.id,
    });
    expect(await sessionOf(session.id)).toMatchObject({ status: 'late_cancelled' });
    expect((await findSessionLinks(db, session.id)).replacedBy).toHaveLength(1);
    expect(await chargesOf(session.id)).toEqual([3000n]);
  });

  it('a session that takes place can’t be replaced: nothing is booked', async () => {
    const session = await aSession();
    const refused = await refusal(
      bookReplacement(db, ctx, actor, {
        ...plan({ tutorId: session.tutorId, studentIds: session.studentIds, wallStart: '2026-04-01T10:00' }),
        replaces: session.id,
      }),
    );
    expect(refused).toSatisfy(refusedWith('invalid_value'));
    const booked = await db.selectFrom('session').select('id').where('localDate', '=', '2026-04-01').execute();
    expect(booked).toEqual([]);
  });
});
