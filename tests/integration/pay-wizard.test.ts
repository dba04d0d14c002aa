import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action, loader } from '#app/routes/office.pay-runs.new/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-01T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const office = { userId: null, kind: 'system' as const };
let admin: { id: string };
let tutorId = '';
let studentId = '';
let programId = '';
let subjectId = '';
let unclosed = '';
const at = (step: string, more = '') => `/office/pay-runs/new?step=${step}&who=all&from=2026-03-01&until=2026-03-31${more}`;

async function args(path: string, form?: [string, string][]) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: {} } as never;
}
const page = async (path: string) => loader(await args(path));
/** Where it leads, or what it says in the form's place. */
async function did(path: string, form: [string, string][]) {
  const answer = await action(await args(path, form)).catch((thrown: unknown) => thrown as Response);
  return answer instanceof Response ? answer.headers.get('location') : answer.data;
}

async function taught(wallStart: string, closed: boolean): Promise<string> {
  ctx.setNow('2026-03-01T08:00:00Z');
  const { sessionId } = await bookSession(db, ctx, office, {
    ...{ tutorId, studentIds: [studentId], programId, subjectId, wallStart },
    ...{ durationMinutes: 60, mode: 'in_person' as const, location: 'Library', billable: true },
  });
  ctx.setNow('2026-04-02T09:00:00Z');
  if (closed)
    await submitCloseOut(db, ctx, office, {
      ...{ sessionId, version: 0, actualWallStart: wallStart, actualMinutes: 60 },
      ...{ notes: '', privateNote: '', homework: '', nextTopics: '' },
      attendance: [{ studentId, outcome: 'attended' }],
    });
  return sessionId;
}

beforeAll(async () => {
  await anOrganisation(db);
  admin = await aUser(db, { roles: ['admin'] });
  subjectId = (await aSubject(db)).id;
  programId = (await aProgram(db)).id;
  tutorId = (await aTutor(db, { ref: 'T1', subjectIds: [subjectId] })).id;
  studentId = (await aStudent(db, { clientId: (await aClient(db)).id })).id;
  await aRate(db, { amountPerHour: 6000n });
  await taught('2026-03-03T10:00', true);
  unclosed = await taught('2026-03-04T10:00', false);
});

describe('the payroll wizard', () => {
  it('offers what the calendar says is due, and begins nothing without a choice', async () => {
    const first = await page('/office/pay-runs/new');
    expect([first.step, first.preview]).toEqual(['who', null]);
    expect(first.choices?.due.map(({ who, running }) => [who, running])).toEqual([['all', true]]);
  });

  it('mends in place what keeps a session out of the pay: no rate, no close-out', async () => {
    expect((await page(at('exceptions'))).blocked.map(({ reason, count }) => [reason, count])).toEqual([
      ['unclosed', 1],
      ['missing_rate', 1],
    ]);
    const rate = (amountPerHour: string): [string, string][] => [
      ...([
        ['intent', 'rate'],
        ['tutorId', tutorId],
        ['validFrom', '2026-03-01'],
      ] as [string, string][]),
      ['amountPerHour', amountPerHour],
    ];
    expect(await did(at('exceptions'), rate('a lot'))).toMatchObject({ form: 'rate', values: { amountPerHour: 'a lot' } });
    expect(await did(at('exceptions'), rate('30.00'))).toBe(at('exceptions'));
    for (const _ of [1, 2])
      expect(
        await did(at('exceptions'), [
          ['intent', 'close-out'],
          ['session', unclosed],
        ]),
      ).toBe(at('exceptions'));
    const mended = await page(at('statements', `&open=${tutorId}`));
    expect([mended.blocking, mended.preview?.totals.total]).toEqual([0, 6000n]);
    // Every line says how it came about.
    expect(mended.opened?.lines.map((line) => [line.amount, (line.reason as { rate: string }).rate])).toEqual([
      [3000n, '3000'],
      [3000n, '3000'],
    ]);
  });

  it('shows adjustments of many before it adds them, once however often it is clicked', async () => {
    const typed: [string, string][] = [
      ...([
        ['intent', 'preview-adjustments'],
        ['localDate', '2026-03-31'],
        ['amount.T1', '12.50'],
        ['kind.T1', 'bonus'],
      ] as [string, string][]),
      ['pasted', 'T1, expense, 3.00, Bus\nT9, bonus, 1'],
    ];
    const shown = (await did(at('adjust'), typed)) as { adjustments: { rows: unknown[]; problems: unknown[]; text: string } };
    expect([shown.adjustments.rows.length, shown.adjustments.problems.length]).toEqual([2, 1]);
    expect((await page(at('adjust'))).adjust?.open).toEqual([]);
    const add: [string, string][] = [
      ...([
        ['intent', 'add-adjustments'],
        ['localDate', '2026-03-31'],
        ['batchId', crypto.randomUUID()],
      ] as [string, string][]),
      ['text', shown.adjustments.text],
    ];
    for (const _ of [1, 2]) expect(await did(at('adjust'), add)).toBe(at('adjust'));
    expect((await page(at('adjust'))).adjust?.open.map((one) => one.amount).sort()).toEqual([1250n, 300n]);
    // A run of others asks for theirs alone, and says of what waits that it is in another run.
    const other = await aTutor(db, { ref: 'T2', subjectIds: [subjectId] });
    const { adjust } = await page(at('adjust').replace('who=all', `who=tutors&tutor=${other.id}`));
    expect([adjust?.tutors.map((one) => one.ref), adjust?.open.map((one) => one.inRun)]).toEqual([['T2'], [false, false]]);
    // More than is read at once: all or none, and never the first of them alone.
    const many = Array.from({ length: 501 }, () => 'T1, bonus, 1.00').join('\n');
    const tooMany = [...add.slice(0, 2), ['batchId', crypto.randomUUID()], ['text', many]] as [string, string][];
    expect(await did(at('adjust'), tooMany)).toMatchObject({ errors: { pasted: expect.stringContaining('At most 500') } });
    expect((await page(at('adjust'))).adjust?.open.length).toBe(2);
  });

  it('approves what was looked at, for whom it was looked at', async () => {
    const { preview } = await page(at('approve'));
    const form: [string, string][] = [
      ...([
        ['who', 'all'],
        ['from', '2026-03-01'],
        ['to', '2026-04-01'],
        ['seen', preview?.seen ?? ''],
      ] as [string, string][]),
      ['hash', preview?.hash ?? ''],
    ];
    expect(await did(at('approve'), [...form.slice(1), ['who', 'rest']])).toMatchObject({
      message: expect.stringContaining('changed'),
    });
    const [once, twice] = [await did(at('approve'), form), await did(at('approve'), form)];
    expect(once).toMatch(/^\/office\/pay-runs\/[\da-f-]{36}$/);
    expect(twice).toBe(once);
    const nobody = await page('/office/pay-runs/new?step=exceptions&who=tutors&from=2026-03-01&until=2026-03-31');
    expect([nobody.preview, nobody.errors.tutorIds]).toEqual([null, 'Choose at least one tutor.']);
  });
});
