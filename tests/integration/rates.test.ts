import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { changeRate } from '#app/domain/billing/change-rate.server.ts';
import { createRate } from '#app/domain/billing/create-rate.server.ts';
import { endRate } from '#app/domain/billing/end-rate.server.ts';
import { type RateValues, rateChangeSchema, rateSchema } from '#app/domain/billing/rate.schema.ts';
import { getRate, listRates } from '#app/domain/billing/rate-queries.server.ts';
import { anOrganisation, aProgram, aStudent, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const admin: Actor = { userId: (await aUser(db)).id, kind: 'user' };
const ghost = '00000000-0000-4000-8000-000000000000';

const rate = (over: Partial<RateValues> = {}): RateValues => ({
  side: 'charge',
  programId: null,
  subjectId: null,
  tutorId: null,
  studentId: null,
  basis: 'per_hour',
  amountPerHour: 6000n,
  percent: null,
  minimum: null,
  note: '',
  validFrom: '2026-01-01',
  validTo: null,
  ...over,
});
/** A scope of its own, so that tests don't meet. */
const scoped = async (over: Partial<RateValues> = {}) => rate({ programId: (await aProgram(db)).id, ...over });
const rowsOf = (programId: string | null) => listRates(db, { sides: ['charge', 'pay'], programId: programId ?? undefined });

describe('adding a rate', () => {
  it('two rows of one scope never hold on the same day: the other one is named', async () => {
    const first = await scoped({ amountPerHour: 5840n, validTo: '2026-10-16' });
    const { id } = await createRate(db, ctx, admin, first);
    await expect(createRate(db, ctx, admin, { ...first, validFrom: '2026-10-15', validTo: null })).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'validFrom',
      message: expect.stringContaining('58.40 EUR an hour from 2026-01-01 to 2026-10-16'),
      details: { rateId: id },
    });
    await createRate(db, ctx, admin, { ...first, validFrom: '2026-10-16', validTo: null });
    expect((await rowsOf(first.programId)).map((row) => row.validFrom)).toEqual(['2026-01-01', '2026-10-16']);
  });

  it('another side or a narrower scope is another rate, listed from the general to the particular', async () => {
    const general = await scoped();
    const student = await aStudent(db, { firstName: 'Ada', lastName: 'Byrne' });
    await createRate(db, ctx, admin, { ...general, studentId: student.id, amountPerHour: 7000n });
    await createRate(db, ctx, admin, general);
    await createRate(db, ctx, admin, { ...general, side: 'pay', amountPerHour: 2500n });
    expect(await rowsOf(general.programId)).toMatchObject([
      { side: 'charge', student: null, weight: 1 },
      { side: 'charge', student: 'Ada Byrne', weight: 9 },
      { side: 'pay', amountPerHour: 2500n, weight: 1 },
    ]);
    expect(await listRates(db, { sides: ['charge'], studentId: student.id })).toHaveLength(1);
    expect(await listRates(db, { sides: [] })).toEqual([]);
  });

  it('added by ten at once, one is kept and nine are refused at the field', async () => {
    const input = await scoped();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => createRate(db, ctx, admin, input)));
    const refused = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
    expect(refused).toHaveLength(9);
    for (const error of refused) expect(error).toMatchObject({ code: 'invalid_value', field: 'validFrom' });
    expect(await rowsOf(input.programId)).toHaveLength(1);
  });

  it('a scope that is not there is refused at its field', async () => {
    await expect(createRate(db, ctx, admin, rate({ tutorId: ghost }))).rejects.toMatchObject({
      code: 'unknown_reference',
      field: 'tutorId',
    });
  });

  it('a rate by the session, or a share of the fees with a least amount, is kept as it is; a client is charged no share', async () => {
    const scope = await scoped();
    const form = {
      ...Object.fromEntries(Object.keys(scope).map((key) => [key, ''])),
      programId: scope.programId ?? '',
      validFrom: '2026-01-01',
    };
    const share = rateSchema(2).parse({ ...form, side: 'pay', basis: 'percent', percent: '55,5', minimum: '20' });
    expect(share).toMatchObject({ percent: '55.5', amountPerHour: 0n, minimum: 2000n });
    const flat = rateSchema(2).parse({ ...form, side: 'charge', basis: 'per_session', amountPerHour: '40', percent: '3' });
    expect(flat).toMatchObject({ basis: 'per_session', amountPerHour: 4000n, percent: null });
    const { id } = await createRate(db, ctx, admin, share);
    await createRate(db, ctx, admin, flat);
    await changeRate(db, ctx, admin, { rateId: id, percent: '60', from: '2026-06-01' });
    expect((await rowsOf(scope.programId)).map((row) => [row.side, row.basis, row.percent, row.minimum])).toEqual([
      ['charge', 'per_session', null, null],
      ['pay', 'percent', '55.5000', 2000n],
      ['pay', 'percent', '60.0000', 2000n],
    ]);
    const charged = rateSchema(2).safeParse({ ...form, side: 'charge', basis: 'percent', percent: '50', minimum: '1' });
    expect(charged.error?.issues.map((issue) => issue.path[0])).toEqual(['basis', 'minimum']);
  });

  it('the currency decides how many decimals an amount has', () => {
    const form = {
      side: 'charge',
      programId: '',
      subjectId: '',
      tutorId: '',
      studentId: '',
      amountPerHour: '43.29',
      validFrom: '2026-01-01',
      validTo: '',
    };
    expect(rateSchema(2).parse(form)).toMatchObject({ amountPerHour: 4329n, programId: null, validTo: null });
    expect(rateSchema(0).safeParse(form).error?.issues[0]).toMatchObject({
      path: ['amountPerHour'],
      message: 'Enter an amount, such as 60',
    });
    expect(rateSchema(3).parse({ ...form, amountPerHour: '8.875' }).amountPerHour).toBe(8875n);
  });

  it.each([
    ['a negative amount', { amountPerHour: '-1' }, 'amountPerHour'],
    ['an amount in words', { amountPerHour: 'sixty' }, 'amountPerHour'],
    ['a day the calendar does not have', { validFrom: '2026-02-30' }, 'validFrom'],
    ['an end before the beginning', { validTo: '2025-12-31' }, 'validTo'],
    ['an end on the first day', { validTo: '2026-01-01' }, 'validTo'],
    ['no side', { side: '' }, 'side'],
  ])('%s is refused at its field', (_, over, field) => {
    const form = {
      side: 'pay',
      programId: '',
      subjectId: '',
      tutorId: '',
      studentId: '',
      amountPerHour: '20',
      validFrom: '2026-01-01',
      validTo: '',
      ...over,
    };
    expect(
      new Set(
        rateSchema(2)
          .safeParse(form)
          .error?.issues.map((issue) => issue.path[0]),
      ),
    ).toEqual(new Set([field]));
  });
});

describe('changing a rate from a day on', () => {
  it('closes the row at that day and opens the next, which ends when the old one would have', async () => {
    const input = await scoped({ validTo: '2027-01-01' });
    const { id } = await createRate(db, ctx, admin, input);
    const next = await changeRate(db, ctx, admin, { rateId: id, amountPerHour: 6500n, from: '2026-09-01' });
    expect(await rowsOf(input.programId)).toMatchObject([
      { id, amountPerHour: 6000n, validFrom: '2026-01-01', validTo: '2026-09-01' },
      { id: next.id, amountPerHour: 6500n, validFrom: '2026-09-01', validTo: '2027-01-01' },
    ]);
    expect(await listAudit(db, { subjectType: 'rate', subjectId: id })).toMatchObject([
      { action: 'rate.end', after: { validTo: '2026-09-01' } },
      { action: 'rate.create' },
    ]);
  });

  it('from its own first day the row itself is corrected', async () => {
    const input = await scoped();
    const { id } = await createRate(db, ctx, admin, input);
    expect(await changeRate(db, ctx, admin, { rateId: id, amountPerHour: 6100n, from: '2026-01-01' })).toEqual({ id });
    expect(await rowsOf(input.programId)).toMatchObject([{ id, amountPerHour: 6100n, validTo: null }]);
    expect((await listAudit(db, { subjectType: 'rate', subjectId: id }))[0]).toMatchObject({
      action: 'rate.correct',
      before: { amountPerHour: '6000' },
    });
  });

  it('of two people who change it at once one wins and the other is told', async () => {
    const input = await scoped();
    const { id } = await createRate(db, ctx, admin, input);
    const change = (amountPerHour: bigint) => changeRate(db, ctx, admin, { rateId: id, amountPerHour, from: '2026-09-01' });
    const results = await Promise.allSettled([change(6500n), change(6600n)]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const rows = await rowsOf(input.programId);
    expect(rows.map((row) => [row.validFrom, row.validTo])).toEqual([
      ['2026-01-01', '2026-09-01'],
      ['2026-09-01', null],
    ]);
  });

  it('before its beginning, after its end, or to the same amount is refused', async () => {
    const { id } = await createRate(db, ctx, admin, await scoped({ validTo: '2026-06-01' }));
    await expect(changeRate(db, ctx, admin, { rateId: id, amountPerHour: 1n, from: '2025-12-31' })).rejects.toMatchObject({
      field: 'from',
    });
    await expect(changeRate(db, ctx, admin, { rateId: id, amountPerHour: 1n, from: '2026-06-01' })).rejects.toMatchObject({
      field: 'from',
    });
    await expect(changeRate(db, ctx, admin, { rateId: id, amountPerHour: 6000n, from: '2026-03-01' })).rejects.toMatchObject({
      field: 'amountPerHour',
    });
    await expect(changeRate(db, ctx, admin, { rateId: ghost, amountPerHour: 1n, from: '2026-03-01' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const issues = rateChangeSchema(2).safeParse({ rateId: id, amountPerHour: '', from: 'soon' }).error?.issues ?? [];
    expect(new Set(issues.map((issue) => issue.path[0]))).toEqual(new Set(['amountPerHour', 'from']));
  });
});

describe('ending a rate', () => {
  it('the day given is the first on which it no longer holds', async () => {
    const { id } = await createRate(db, ctx, admin, rate({ tutorId: (await aTutor(db)).id, side: 'pay' }));
    await endRate(db, ctx, admin, { rateId: id, validTo: '2026-06-01' });
    expect(await getRate(db, id)).toMatchObject({ validTo: '2026-06-01' });
  });

  it('ended on its first day it never held and is removed, with what it was in the log', async () => {
    const { id } = await createRate(db, ctx, admin, await scoped());
    await endRate(db, ctx, admin, { rateId: id, validTo: '2026-01-01' });
    await expect(getRate(db, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await listAudit(db, { subjectType: 'rate', subjectId: id }))[0]).toMatchObject({
      action: 'rate.remove',
      before: { amountPerHour: '6000', validFrom: '2026-01-01' },
    });
  });

  it('it can end neither before it begins nor on days that the next one has', async () => {
    const input = await scoped({ validTo: '2026-06-01' });
    const { id } = await createRate(db, ctx, admin, input);
    await createRate(db, ctx, admin, { ...input, validFrom: '2026-06-01', validTo: null });
    await expect(endRate(db, ctx, admin, { rateId: id, validTo: '2025-12-01' })).rejects.toMatchObject({ field: 'validTo' });
    await expect(endRate(db, ctx, admin, { rateId: id, validTo: '2026-07-01' })).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'validTo',
    });
    expect(await getRate(db, id)).toMatchObject({ validTo: '2026-06-01' });
  });
});
