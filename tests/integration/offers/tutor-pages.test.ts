import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { makeOffer } from '#app/domain/offers/make-offer.server.ts';
import { offerSchema } from '#app/domain/offers/offer.schema.ts';
import { withdrawOffer } from '#app/domain/offers/withdraw-offer.server.ts';
import { loader as accountFrame } from '#app/routes/account/route.tsx';
import { loader as tutorFrame } from '#app/routes/tutor/route.tsx';
import { loader as tutorHome } from '#app/routes/tutor._index/route.tsx';
import { loader as offersPage } from '#app/routes/tutor.offers._index/route.tsx';
import { action as answerAction, loader as offerPage } from '#app/routes/tutor.offers.$id/route.tsx';
import {
  aClient,
  anOrganisation,
  aPlace,
  aProgram,
  aRate,
  aRequest,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const NOW = '2026-03-02T09:00:00Z';
const ctx = testContext(db, { now: NOW });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db, { email: 'office@harbour.test' });
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db);
await aRate(db, { side: 'charge', amountPerHour: 7777n });
await aRate(db, { side: 'pay', amountPerHour: 2525n });
const system = { userId: null, kind: 'system' } as const;
const [annUser, benUser] = [
  await aUser(db, { roles: ['tutor'], timezone: 'America/New_York' }),
  await aUser(db, { roles: ['tutor'] }),
];
const ann = await aTutor(db, { userId: annUser.id, firstName: 'Ann', subjectIds: [maths.id] });
const ben = await aTutor(db, { userId: benUser.id, firstName: 'Benedict', subjectIds: [maths.id] });

beforeEach(() => ctx.setNow(NOW));

async function anOffer(over: Record<string, unknown> = {}) {
  const client = await aClient(db, { name: 'Canary Family', phone: '+353 1 5550123', email: `${randomUUID()}@canary.test` });
  const student = await aStudent(db, { clientId: client.id, firstName: 'Nora', lastName: 'Canary' });
  const request = await aRequest(db, {
    studentId: student.id,
    subjectId: maths.id,
    wishes: 'Ring Canary mother',
    location: '1 Canary Street',
  });
  const home = await aPlace(db, { name: 'Canary home', address: '1 Canary Street', clientId: client.id });
  const id = randomUUID();
  await makeOffer(
    db,
    ctx,
    system,
    offerSchema.parse({
      ...{ id, requestId: request.id, kind: 'all', tutorIds: [ann.id, ben.id], programId: program.id, subjectId: maths.id },
      terms: {
        ...{ startsOn: '2026-03-09', endsOn: '', sessionMinutes: 60, mode: 'in_person', placeId: home.id },
        ...{ location: '1 Canary Street', times: [{ weekday: 1, startMinute: 60 }], zone: 'Europe/Dublin' },
      },
      ...{ chargeRate: 6600n, payRate: null, whoMaySchedule: '', message: 'A nice one', answerHours: 48, ...over },
    }),
  );
  return id;
}

async function argsOf(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split(/[/?]/).find((part) => part.length === 36) } } as never;
}
const textOf = (value: unknown) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
const page = async (user: { id: string }, id: string) => offerPage(await argsOf(user, `/tutor/offers/${id}`));
const answer = async (user: { id: string }, id: string, form: Record<string, string>) =>
  answerAction(await argsOf(user, `/tutor/offers/${id}`, form));

describe('an offer on the tutor’s pages', () => {
  it('says when on their own clock with the company’s beside it, and what they would be paid', async () => {
    const { offer, pay } = await page(annUser, await anOffer());
    expect(offer.times).toEqual([{ text: 'Sunday, 21:00', atOffice: 'Monday, 1:00 in Dublin' }]);
    expect(pay).toBe(2525n);
    const own = await page(annUser, await anOffer({ payRate: 3131n }));
    expect(own.pay).toBe(3131n);
  });

  it('shows nothing of the family’s money and contacts, nor who else was asked', async () => {
    const id = await anOffer();
    const shown = textOf([
      await page(annUser, id),
      await offersPage(await argsOf(annUser, '/tutor/offers')),
      await tutorHome(await argsOf(annUser, '/tutor')),
    ]);
    for (const secret of ['Canary', '5550123', '6600', '7777', 'Benedict', 'mother']) expect(shown).not.toContain(secret);
    expect(shown).toContain('Nora');
  });

  it('waits in the bar of places until it is answered', async () => {
    const id = await anOffer({ kind: 'one', tutorIds: [ben.id] });
    const nav = async () =>
      (await tutorFrame(await argsOf(benUser, '/tutor'))).shell.nav[0]?.items.find((item) => item.to === '/tutor/offers');
    const before = (await nav())?.waiting?.count ?? 0;
    expect(before).toBeGreaterThan(0);
    // Also on the pages that are everybody's, where the bar stays the same.
    const account = (await accountFrame(await argsOf(benUser, '/account'))).shell.nav;
    expect(account).toEqual((await tutorFrame(await argsOf(benUser, '/tutor'))).shell.nav);
    await answer(benUser, id, { answer: 'decline', reason: 'It is too far', note: '' });
    expect((await nav())?.waiting?.count ?? 0).toBe(before - 1);
  });

  it('accepted with a double click is accepted once, and says so', async () => {
    const id = await anOffer();
    const answers = await Promise.all([answer(annUser, id, { answer: 'accept' }), answer(annUser, id, { answer: 'accept' })]);
    expect(answers.map((one) => (one instanceof Response ? one.status : 0))).toEqual([302, 302]);
    expect((await page(annUser, id)).offer).toMatchObject({ open: false, engaged: true, state: { label: 'Accepted' } });
    expect((await page(benUser, id)).offer).toMatchObject({ open: false, state: { label: 'Somebody else was first' } });
    const late = await answer(benUser, id, { answer: 'accept' });
    expect(late).toMatchObject({
      data: { message: 'Somebody else accepted this offer a moment before you.' },
      init: { status: 409 },
    });
  });

  it('is not declined without a reason, and keeps what was typed', async () => {
    const id = await anOffer();
    const refused = await answer(annUser, id, { answer: 'decline', reason: '', note: 'Tuesdays would do' });
    expect(refused).toMatchObject({
      data: { note: 'Tuesdays would do', error: expect.stringContaining('Choose why') },
      init: { status: 400 },
    });
    await answer(annUser, id, { answer: 'decline', reason: 'The times don’t suit', note: 'Tuesdays would do' });
    const row = await db
      .selectFrom('offerTutor')
      .select('declineReason')
      .where('offerId', '=', id)
      .where('tutorId', '=', ann.id)
      .executeTakeFirstOrThrow();
    expect(row.declineReason).toBe('The times don’t suit: Tuesdays would do');
  });

  it('that is over says how, and offers no answer', async () => {
    const [late, gone] = [await anOffer(), await anOffer()];
    await withdrawOffer(db, ctx, system, { offerId: gone });
    expect((await page(annUser, gone)).offer).toMatchObject({ open: false, over: expect.stringContaining('withdrawn') });
    ctx.setNow('2026-03-05T09:00:00Z');
    expect((await page(annUser, late)).offer).toMatchObject({ open: false, over: expect.stringContaining('time to answer') });
  });

  it('of others, or whose turn has not come, is as if it weren’t there', async () => {
    const id = await anOffer({ kind: 'in_order' });
    await expect(page(benUser, id)).rejects.toMatchObject({ status: 404 });
    await expect(answer(benUser, id, { answer: 'accept' })).rejects.toMatchObject({ status: 404 });
  });
});
