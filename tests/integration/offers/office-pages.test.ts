import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { answerOffer } from '#app/domain/offers/answer-offer.server.ts';
import { loader as requestPage } from '#app/routes/office.requests.$id/route.tsx';
import { action as offerAction, loader as offerPage } from '#app/routes/office.requests.$id_.offer/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aRequest, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db, { email: 'office@harbour.test' });
const maths = await aSubject(db, { name: 'Maths' });
await aProgram(db);
await aRate(db, { side: 'charge', amountPerHour: 7700n });
await aRate(db, { side: 'pay', amountPerHour: 2525n });
const [admin, scheduler] = [await aUser(db, { roles: ['admin'] }), await aUser(db, { roles: ['scheduler'] })];
const system = { userId: null, kind: 'system' } as const;

async function aTeacher(over: Record<string, unknown> = {}) {
  const tutor = await aTutor(db, { subjectIds: [maths.id], ...over });
  await db
    .insertInto('availabilityRule')
    .values({ tutorId: tutor.id, weekday: 2, startMinute: 900, endMinute: 1140, validFrom: '2026-01-01' })
    .execute();
  return tutor;
}
const [ann, ben] = [
  await aTeacher({ firstName: 'Ann', email: 'ann@example.test' }),
  await aTeacher({ firstName: 'Ben', email: null }),
];

async function anEnquiry() {
  const client = await aClient(db, { status: 'prospect' });
  const student = await aStudent(db, { clientId: client.id });
  const request = await aRequest(db, { studentId: student.id, subjectId: maths.id, sessionMinutes: 60, startsOn: '2026-03-09' });
  await db
    .insertInto('requestTime')
    .values({ requestId: request.id, weekday: 2, startMinute: 960, endMinute: 1080, wished: true })
    .execute();
  return { request, student, client };
}

async function argsOf(user: { id: string }, path: string, form?: [string, string][]) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split(/[/?]/).find((part) => part.length === 36) } } as never;
}
const textOf = (value: unknown) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
const page = async (user: { id: string }, id: string, search = '') =>
  offerPage(await argsOf(user, `/office/requests/${id}/offer${search}`));
const send = async (user: { id: string }, id: string, form: [string, string][]) =>
  offerAction(await argsOf(user, `/office/requests/${id}/offer`, form));

/** The form as it is shown, with something changed. */
async function filled(id: string, over: Record<string, string | string[]> = {}, search = '') {
  const { form } = await page(admin, id, search);
  if (!form) throw new Error('there is no form');
  const fields = { ...form.initial, id: [form.id], ...over };
  return Object.entries(fields).flatMap(([name, values]): [string, string][] =>
    (typeof values === 'string' ? [values] : values).map((value) => [name, value]),
  );
}
const offersOf = (requestId: string) => db.selectFrom('offer').selectAll().where('requestId', '=', requestId).execute();

describe('making an offer', () => {
  it('begins with the request’s terms and the match’s weekly time, and sends it in one step', async () => {
    const { request } = await anEnquiry();
    const { form } = await page(scheduler, request.id, `?tutors=${ann.id}`);
    expect(form?.initial).toMatchObject({
      tutorIds: [ann.id],
      weekday: ['2'],
      time: ['16:00'],
      'terms.startsOn': ['2026-03-09'],
      'terms.sessionMinutes': ['60'],
      answerHours: ['48'],
    });
    const sent = await send(scheduler, request.id, await filled(request.id, {}, `?tutors=${ann.id}`));
    expect(sent).toMatchObject({ status: 302 });
    const [offer] = await offersOf(request.id);
    expect(offer).toMatchObject({ kind: 'one', chargeRate: null, payRate: null, subjectId: maths.id });
    expect(offer?.terms).toMatchObject({ times: [{ weekday: 2, startMinute: 960 }], zone: 'Europe/Dublin' });
    const asked = await db
      .selectFrom('offerTutor')
      .selectAll()
      .where('offerId', '=', offer?.id ?? '')
      .execute();
    expect(asked[0]?.score).toMatchObject({ score: expect.any(Number), parts: expect.any(Array) });
  });

  it('asks several by the turn written beside them; a double click makes one offer', async () => {
    const { request } = await anEnquiry();
    const form = await filled(request.id, {
      tutorIds: [ann.id, ben.id],
      [`turn.${ann.id}`]: '2',
      [`turn.${ben.id}`]: '1',
      kind: 'in_order',
    });
    await Promise.all([send(admin, request.id, form), send(admin, request.id, form)]);
    const offers = await offersOf(request.id);
    expect(offers).toHaveLength(1);
    const asked = await db
      .selectFrom('offerTutor')
      .select('tutorId')
      .where('offerId', '=', offers[0]?.id ?? '')
      .orderBy('position')
      .execute();
    expect(asked.map((row) => row.tutorId)).toEqual([ben.id, ann.id]);
  });

  it('chooses everybody who fits where all are asked for', async () => {
    const { request } = await anEnquiry();
    const { form } = await page(scheduler, request.id, '?tutors=all');
    expect([...(form?.initial.tutorIds ?? [])].sort()).toEqual([ann.id, ben.id].sort());
  });

  it('sets rates only for who may, whatever the form says; a scheduler is shown no pay', async () => {
    const { request } = await anEnquiry();
    const shown = textOf(await page(scheduler, request.id));
    expect(shown).not.toContain('2525');
    expect(textOf(await page(admin, request.id))).toContain('2525');
    const rates = { chargeRate: '80', payRate: '31.50' };
    await send(scheduler, request.id, await filled(request.id, rates));
    expect((await offersOf(request.id))[0]).toMatchObject({ chargeRate: null, payRate: null });
    const other = await anEnquiry();
    await send(admin, other.request.id, await filled(other.request.id, rates));
    expect((await offersOf(other.request.id))[0]).toMatchObject({ chargeRate: 8000n, payRate: 3150n });
    const panel = await requestPage(await argsOf(scheduler, `/office/requests/${other.request.id}`));
    expect(textOf(panel.offers)).toContain('8000');
    expect(textOf(panel.offers)).not.toContain('3150');
  });

  it.each([
    ['no tutor', { tutorIds: [] }, 'tutorIds'],
    ['half a time', { weekday: ['2'], time: [''] }, 'times'],
    ['a rate that is no amount', { chargeRate: 'much' }, 'chargeRate'],
    ['an end before the start', { 'terms.endsOn': '2026-01-01' }, 'terms.endsOn'],
    ['no program', { programId: '' }, 'programId'],
  ])('refuses %s at its field and keeps what was typed', async (_, over, field) => {
    const { request } = await anEnquiry();
    const refused = await send(admin, request.id, await filled(request.id, { message: 'Kept', ...over }));
    expect(refused).toMatchObject({
      init: { status: 400 },
      data: { errors: { [field]: expect.any(String) }, values: { message: ['Kept'] } },
    });
    expect(await offersOf(request.id)).toEqual([]);
  });

  it('has no form while an offer is out, or the request closed', async () => {
    const { request } = await anEnquiry();
    await send(admin, request.id, await filled(request.id));
    expect(await page(admin, request.id)).toMatchObject({ form: null, outRef: expect.stringMatching(/^off-/) });
    const closed = await anEnquiry();
    await db.updateTable('request').set({ closedAt: ctx.clock() }).where('id', '=', closed.request.id).execute();
    expect(await page(admin, closed.request.id)).toMatchObject({ form: null, head: { closed: true } });
  });
});

describe('offers on the request’s page', () => {
  it('say who was asked, in which state, why not, and whom no mail reaches', async () => {
    const { request } = await anEnquiry();
    await send(scheduler, request.id, await filled(request.id, { tutorIds: [ann.id, ben.id], kind: 'all' }));
    const [offer] = await offersOf(request.id);
    const offerId = offer?.id ?? '';
    await answerOffer(db, ctx, system, { offerId, tutorId: ann.id, answer: { kind: 'decline', reason: 'It is too far' } });
    const { offers } = await requestPage(await argsOf(scheduler, `/office/requests/${request.id}`));
    expect(offers[0]).toMatchObject({ open: true, waits: 1 });
    expect(offers[0]?.tutors.find((tutor) => tutor.id === ann.id)).toMatchObject({
      state: { label: 'Declined' },
      said: expect.stringContaining('It is too far'),
    });
    expect(offers[0]?.tutors.find((tutor) => tutor.id === ben.id)).toMatchObject({ state: { label: 'Asked' }, unreached: true });
  });

  it('withdrawn can be made again with what it said, past whoever declined', async () => {
    const { request } = await anEnquiry();
    const terms = { message: 'Said before', weekday: ['2'], time: ['16:30'], answerHours: '24' };
    await send(scheduler, request.id, await filled(request.id, { tutorIds: [ann.id, ben.id], kind: 'all', ...terms }));
    const [offer] = await offersOf(request.id);
    const offerId = offer?.id ?? '';
    await answerOffer(db, ctx, system, { offerId, tutorId: ann.id, answer: { kind: 'decline', reason: 'It is too far' } });
    const withdraw: [string, string][] = [
      ['intent', 'withdraw'],
      ['offer', offerId],
      ['reason', 'Times changed'],
    ];
    await send(scheduler, request.id, withdraw);
    await send(scheduler, request.id, withdraw);
    const { form } = await page(scheduler, request.id, `?again=${offerId}`);
    expect(form?.initial).toMatchObject({ tutorIds: [ben.id], message: ['Said before'], time: ['16:30'], answerHours: ['24'] });
  });
});
