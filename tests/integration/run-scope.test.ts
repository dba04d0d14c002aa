import { beforeAll, describe, expect, it } from 'vitest';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { holdClient } from '#app/domain/billing/hold-client.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { releaseClient } from '#app/domain/billing/release-client.server.ts';
import { type RunScope, scopeOf } from '#app/domain/billing/run-scope.ts';
import { listUnbilled, sumBefore } from '#app/domain/billing/unbilled-queries.server.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace, type Ground } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-04-02T09:00:00Z' });
const office = { userId: null, kind: 'system' as const };
const march = { from: '2026-03-01', to: '2026-04-01' };
const april = { from: '2026-04-01', to: '2026-05-01' };
let ground: Ground;
let school: string;

beforeAll(async () => {
  school = (await aProgram(db)).id;
  ground = {
    organisation: await anOrganisation(db),
    tutorId: (await aTutor(db)).id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
});

async function family(ref: string) {
  const client = await aClient(db, { ref, address: '1 Main Street' });
  const student = await aStudent(db, { clientId: client.id });
  const place = (date: string, over: { net?: bigint; programId?: string } = {}) =>
    aSettledPlace(
      db,
      { ...ground, ...(over.programId ? { programId: over.programId } : {}) },
      {
        ...{ clientId: client.id, clientRef: ref, studentId: student.id, date },
        ...(over.net ? { net: over.net } : {}),
      },
    );
  return { client, student, place };
}

const refsOf = async (period: typeof march, scope?: RunScope) =>
  (await previewInvoiceRun(db, { ...period, ...(scope ? { scope } : {}) }, ctx.clock())).families.flatMap((f) =>
    f.lines.map((line) => [line.ref, line.late]),
  );

async function run(period: typeof march, scope?: RunScope) {
  const wanted = { ...period, ...(scope ? { scope } : {}) };
  const { hash } = await previewInvoiceRun(db, wanted, ctx.clock());
  const { runId } = await confirmInvoiceRun(db, ctx, office, { ...wanted, hash });
  await issueInvoiceRun(db, ctx, { runId, quiet: true });
}

describe('a run of some', () => {
  it('bills its programs alone, and covers nothing else: the rest of the month is billed by a second run, not late', async () => {
    const one = await family('C001');
    const atSchool = await one.place('2026-03-05', { programId: school });
    const atHome = await one.place('2026-03-06');
    const scope = scopeOf({ programIds: [school] });
    expect(await refsOf(march, scope)).toEqual([[atSchool.ref, false]]);
    await run(march, scope);
    expect((await previewInvoiceRun(db, { ...march, scope }, ctx.clock())).closed).toBe(true);
    expect(await refsOf(march)).toEqual([[atHome.ref, false]]);
    const late = await one.place('2026-03-07', { programId: school });
    // Its program’s March is closed; the run of everybody leaves it for April.
    expect(await refsOf(march)).toEqual([[atHome.ref, false]]);
    expect((await listUnbilled(db, march)).find((place) => place.sessionRef === late.ref)?.reason).toBe('late');
    await run(march);
    expect(await refsOf(april)).toEqual([[late.ref, true]]);
    await run(april);
  });

  it('of one family leaves the others as they were', async () => {
    const [two, three] = [await family('C002'), await family('C003')];
    const june = { from: '2026-06-01', to: '2026-07-01' };
    const [hers, theirs] = [await two.place('2026-06-02'), await three.place('2026-06-03')];
    expect(await refsOf(june, scopeOf({ clientIds: [two.client.id] }))).toEqual([[hers.ref, false]]);
    await run(june, scopeOf({ clientIds: [two.client.id] }));
    expect(await refsOf(june)).toEqual([[theirs.ref, false]]);
    expect(await sumBefore(db, '2026-07-01')).toMatchObject({ count: 1 });
    await run(june);
  });

  it('two who confirm different scopes of one period at once get two runs, and no line twice', async () => {
    const may = { from: '2026-05-01', to: '2026-06-01' };
    const [four, five] = [await family('C004'), await family('C005')];
    await four.place('2026-05-02');
    await five.place('2026-05-03');
    const scopes = [four, five].map(({ client }) => scopeOf({ clientIds: [client.id] }));
    await Promise.all(scopes.map((scope) => run(may, scope)));
    const lines = await db
      .selectFrom('invoiceLine')
      .select('chargeId')
      .where('localDate', '>=', may.from)
      .where('localDate', '<', may.to)
      .execute();
    expect(lines.length).toBe(2);
  });
});

describe('a family that is held', () => {
  const august = { from: '2026-08-01', to: '2026-09-01' };

  it('is in no run, and shown as held', async () => {
    const [six, seven] = [await family('C006'), await family('C007')];
    const waits = await six.place('2026-08-02');
    const goes = await seven.place('2026-08-03');
    await holdClient(db, ctx, office, { clientId: six.client.id, reason: 'We talk about the price' });
    await holdClient(db, ctx, office, { clientId: six.client.id, reason: 'pressed twice' });
    expect(await refsOf(august)).toEqual([[goes.ref, false]]);
    expect(await listUnbilled(db, { ...august, reason: 'held' })).toMatchObject([{ sessionRef: waits.ref }]);
    await run(august);
    expect(await refsOf({ from: '2026-09-01', to: '2026-10-01' })).toEqual([]);
  });

  it('let go, is billed for the month that the others have behind them, not late', async () => {
    const six = await db.selectFrom('client').select('id').where('ref', '=', 'C006').executeTakeFirstOrThrow();
    ctx.setNow('2026-04-03T09:00:00Z');
    await releaseClient(db, ctx, office, { clientId: six.id });
    expect((await refsOf(august)).map(([, late]) => late)).toEqual([false]);
    await run(august);
    expect(await refsOf(august)).toEqual([]);
    expect((await previewInvoiceRun(db, august, ctx.clock())).closed).toBe(true);
  });
});
