import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { excludeTutor } from '#app/domain/matching/exclude-tutor.server.ts';
import { advanceOffers } from '#app/domain/offers/advance-offers.server.ts';
import { answerOffer } from '#app/domain/offers/answer-offer.server.ts';
import { makeOffer } from '#app/domain/offers/make-offer.server.ts';
import { offerSchema } from '#app/domain/offers/offer.schema.ts';
import { withdrawOffer } from '#app/domain/offers/withdraw-offer.server.ts';
import { archiveRecord } from '#app/domain/people/archive-record.server.ts';
import { setTutorStatus } from '#app/domain/people/set-tutor-status.server.ts';
import {
  aClient,
  anEngagement,
  anOrganisation,
  aProgram,
  aRequest,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
let now = new Date('2026-03-02T09:00:00Z');
const ctx = { ...testContext(db), clock: () => now };
await anOrganisation(db, { email: 'office@example.test' });
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db);
const office = await aUser(db, { roles: ['scheduler'] });
const actor = { userId: office.id, kind: 'user' } as const;
const hoursLater = (hours: number) => {
  now = new Date(now.getTime() + hours * 3_600_000);
};

beforeEach(() => {
  now = new Date('2026-03-02T09:00:00Z');
});

/** A request of a family that has never been taught, and three tutors who could. */
async function world() {
  const client = await aClient(db, { status: 'prospect' });
  const student = await aStudent(db, { clientId: client.id, firstName: 'Nora', lastName: 'Canary' });
  const request = await aRequest(db, { clientId: client.id, studentId: student.id, subjectId: maths.id });
  const tutors = await Promise.all([1, 2, 3].map(() => aTutor(db, { subjectIds: [maths.id] })));
  const [ann, ben, cleo] = tutors.map((tutor) => tutor.id) as [string, string, string];
  const offered = (over: Record<string, unknown> = {}) =>
    offerSchema.parse({
      id: randomUUID(),
      requestId: request.id,
      kind: 'all',
      tutorIds: [ann, ben, cleo],
      programId: program.id,
      subjectId: maths.id,
      terms: {
        startsOn: '2026-03-09',
        endsOn: '',
        sessionMinutes: 60,
        mode: 'online',
        placeId: '',
        location: '',
        times: [{ weekday: 1, startMinute: 960 }],
        zone: 'Europe/Dublin',
      },
      chargeRate: 6000n,
      payRate: 3000n,
      whoMaySchedule: 'tutor',
      message: '',
      answerHours: 48,
      ...over,
    });
  const make = async (over: Record<string, unknown> = {}) => (await makeOffer(db, ctx, actor, offered(over))).id;
  return { client, student, request, ann, ben, cleo, offered, make };
}

const accept = (offerId: string, tutorId: string) =>
  answerOffer(db, ctx, actor, { offerId, tutorId, answer: { kind: 'accept' } });
const decline = (offerId: string, tutorId: string, reason = 'Too far') =>
  answerOffer(db, ctx, actor, { offerId, tutorId, answer: { kind: 'decline', reason } });
const statusesOf = async (offerId: string) =>
  (await db.selectFrom('offerTutor').select('status').where('offerId', '=', offerId).orderBy('position').execute()).map(
    (row) => row.status,
  );
const stageOf = async (requestId: string) =>
  (
    await db
      .selectFrom('request')
      .innerJoin('requestStage', 'requestStage.id', 'request.stageId')
      .select('requestStage.kind')
      .where('request.id', '=', requestId)
      .executeTakeFirstOrThrow()
  ).kind;
const mailsOf = async (link: string) =>
  (await db.selectFrom('mailMessage').selectAll().where('template', '=', 'offer').execute()).filter((mail) =>
    JSON.stringify(mail.data).includes(link),
  );

describe('an offer', () => {
  it('goes to those who are asked, by first name alone, and puts the request where offers are', async () => {
    const { make, request } = await world();
    const id = await make();
    expect(await statusesOf(id)).toEqual(['sent', 'sent', 'sent']);
    expect(await stageOf(request.id)).toBe('offered');
    const mails = await mailsOf(`/tutor/offers/${id}`);
    expect(mails).toHaveLength(3);
    expect(JSON.stringify(mails.map((mail) => mail.data))).not.toContain('Canary');
  });

  it('sent twice by one form is one offer, and a second one beside it is refused', async () => {
    const { offered, make } = await world();
    const form = offered();
    const both = await Promise.all([makeOffer(db, ctx, actor, form), makeOffer(db, ctx, actor, form)]);
    expect(both).toEqual([{ id: form.id }, { id: form.id }]);
    await expect(make()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('accepted makes the engagement with its rates and who may schedule, and the family a client', async () => {
    const { make, ann, student, client, request } = await world();
    const id = await make();
    const { engagementId } = await accept(id, ann);
    expect(await accept(id, ann)).toEqual({ engagementId });
    const engagement = await db.selectFrom('engagement').selectAll().where('id', '=', engagementId).executeTakeFirstOrThrow();
    expect(engagement).toMatchObject({
      tutorId: ann,
      studentId: student.id,
      requestId: request.id,
      whoMaySchedule: 'tutor',
      hoursPerWeek: '1.00',
      startsOn: '2026-03-09',
    });
    const rates = await db
      .selectFrom('rate')
      .select(['side', 'amountPerHour', 'validFrom', 'programId', 'subjectId'])
      .where('tutorId', '=', ann)
      .where('studentId', '=', student.id)
      .orderBy('side')
      .execute();
    const scope = { programId: program.id, subjectId: maths.id, validFrom: '2026-03-09' };
    expect(rates).toEqual([
      { side: 'charge', amountPerHour: 6000n, ...scope },
      { side: 'pay', amountPerHour: 3000n, ...scope },
    ]);
    expect(await stageOf(request.id)).toBe('won');
    expect((await db.selectFrom('client').select('status').where('id', '=', client.id).executeTakeFirstOrThrow()).status).toBe(
      'active',
    );
    expect(await statusesOf(id)).toEqual(['accepted', 'lost', 'lost']);
  });

  it('accepted by two tutors at once is one tutor’s; the other is told', async () => {
    const { make, ann, ben, request } = await world();
    const id = await make();
    const answers = await Promise.allSettled([accept(id, ann), accept(id, ben)]);
    const won = answers.filter((answer) => answer.status === 'fulfilled');
    const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([{ code: 'conflict', message: 'Somebody else accepted this offer a moment before you.' }]);
    expect((await statusesOf(id)).sort()).toEqual(['accepted', 'lost', 'lost']);
    expect(await db.selectFrom('engagement').select('id').where('requestId', '=', request.id).execute()).toHaveLength(1);
    const told = (await mailsOf(`/tutor/offers/${id}`)).filter((mail) => JSON.stringify(mail.data).includes('"lost"'));
    expect(told).toHaveLength(2);
  });

  it('in turn asks the next when one declines, and the office when nobody is left', async () => {
    const { make, ann, ben, cleo, request } = await world();
    const id = await make({ kind: 'in_order' });
    expect(await statusesOf(id)).toEqual(['sent', 'waiting', 'waiting']);
    await expect(accept(id, ben)).rejects.toMatchObject({ code: 'not_found' });
    await decline(id, ann);
    await decline(id, ann, 'said again');
    expect(await statusesOf(id)).toEqual(['declined', 'sent', 'waiting']);
    await decline(id, ben);
    await decline(id, cleo);
    const offer = await db.selectFrom('offer').select(['status']).where('id', '=', id).executeTakeFirstOrThrow();
    expect(offer.status).toBe('exhausted');
    expect(await stageOf(request.id)).toBe('working');
    const tasks = await db.selectFrom('task').select('event').where('requestId', '=', request.id).execute();
    expect(tasks.map((task) => task.event)).toContain('offer_exhausted');
    await expect(make()).resolves.toBeTruthy();
  });

  it('is recalled to whoever has not answered, once, and runs out', async () => {
    const { make, ann } = await world();
    const id = await make({ kind: 'in_order', answerHours: 48 });
    await advanceOffers(db, ctx);
    expect(await mailsOf(`/tutor/offers/${id}`)).toHaveLength(1);
    hoursLater(40);
    await advanceOffers(db, ctx);
    await advanceOffers(db, ctx);
    expect(await mailsOf(`/tutor/offers/${id}`)).toHaveLength(2);
    hoursLater(8);
    // The job has not come by: over is over all the same.
    await expect(accept(id, ann)).rejects.toMatchObject({ code: 'conflict', details: { status: 'expired' } });
    await Promise.all([advanceOffers(db, ctx), advanceOffers(db, ctx)]);
    expect(await statusesOf(id)).toEqual(['expired', 'sent', 'waiting']);
  });

  it('withdrawn tells whoever was asked, and can’t be once it is accepted', async () => {
    const { make, ann, ben } = await world();
    const id = await make();
    await decline(id, ben);
    await withdrawOffer(db, ctx, actor, { offerId: id });
    await withdrawOffer(db, ctx, actor, { offerId: id });
    expect(await statusesOf(id)).toEqual(['withdrawn', 'declined', 'withdrawn']);
    await expect(accept(id, ann)).rejects.toMatchObject({ code: 'conflict', message: 'The office has withdrawn this offer.' });
    const second = await make({ tutorIds: [ann] });
    await accept(second, ann);
    await expect(withdrawOffer(db, ctx, actor, { offerId: second })).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each([
    ['who is not active', { status: 'dormant' as const }, 'is not an active tutor'],
    ['who does not teach the subject', { subjectIds: [] }, 'is not listed for this subject'],
  ])('is not made to a tutor %s', async (_, over, message) => {
    const { make } = await world();
    const tutor = await aTutor(db, { subjectIds: [maths.id], ...over });
    await expect(make({ tutorIds: [tutor.id] })).rejects.toMatchObject({
      field: 'tutorIds',
      message: expect.stringContaining(message),
    });
  });

  it('is not made to a tutor who must not have the student, nor to one who has them already', async () => {
    const { make, ann, ben, student } = await world();
    await db.insertInto('tutorExclusion').values({ studentId: student.id, tutorId: ann }).execute();
    await expect(make()).rejects.toMatchObject({ field: 'tutorIds', message: expect.stringContaining('must not be given') });
    await anEngagement(db, { tutorId: ben, studentId: student.id, programId: program.id, subjectId: maths.id });
    await expect(make({ tutorIds: [ben] })).rejects.toMatchObject({ message: expect.stringContaining('is engaged') });
  });

  it('accepted after the tutor was taken off the subject makes nothing, and says whom to ask', async () => {
    const { make, ann, request } = await world();
    const id = await make();
    await db.deleteFrom('tutorSubject').where('tutorId', '=', ann).execute();
    await expect(accept(id, ann)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('ask the office') });
    expect(await statusesOf(id)).toEqual(['sent', 'sent', 'sent']);
    expect(await stageOf(request.id)).toBe('offered');
  });

  it('with a rate of the same pair from before ends that one on the first day', async () => {
    const { make, ann, student } = await world();
    const pair = { tutorId: ann, studentId: student.id, programId: program.id, subjectId: maths.id };
    await db
      .insertInto('rate')
      .values({ side: 'charge', ...pair, amountPerHour: 5000n, validFrom: '2026-01-01' })
      .execute();
    await accept(await make({ tutorIds: [ann], payRate: null }), ann);
    const rates = await db
      .selectFrom('rate')
      .select(['amountPerHour', 'validFrom', 'validTo'])
      .where('studentId', '=', student.id)
      .orderBy('validFrom')
      .execute();
    expect(rates).toEqual([
      { amountPerHour: 5000n, validFrom: '2026-01-01', validTo: '2026-03-09' },
      { amountPerHour: 6000n, validFrom: '2026-03-09', validTo: null },
    ]);
  });
});

describe('somebody of an offer that is out', () => {
  it('who is archived, or no longer active, is told, and the next in turn is asked', async () => {
    const { make, ann, ben, cleo } = await world();
    const id = await make({ kind: 'in_order' });
    await setTutorStatus(db, ctx, actor, { ids: [cleo], status: 'dormant' });
    expect(await statusesOf(id)).toEqual(['sent', 'waiting', 'withdrawn']);
    await archiveRecord(db, ctx, actor, { kind: 'tutor', id: ann });
    expect(await statusesOf(id)).toEqual(['withdrawn', 'sent', 'withdrawn']);
    const events = (await mailsOf(`/tutor/offers/${id}`)).map((mail) => (mail.data as { event: string }).event);
    expect(events.sort()).toEqual(['sent', 'sent', 'withdrawn']);
    await archiveRecord(db, ctx, actor, { kind: 'tutor', id: ben });
    const offer = await db.selectFrom('offer').select(['status']).where('id', '=', id).executeTakeFirstOrThrow();
    expect(offer.status).toBe('exhausted');
  });

  it('who must not be given the student any more is not asked about them, and can’t accept', async () => {
    const { make, student, ann, ben, cleo } = await world();
    const id = await make({ kind: 'in_order' });
    const other = await (await world()).make();
    await excludeTutor(db, ctx, actor, { studentId: student.id, tutorId: ben, reason: '' });
    await excludeTutor(db, ctx, actor, { studentId: student.id, tutorId: ann, reason: 'They know each other' });
    expect(await statusesOf(id)).toEqual(['withdrawn', 'withdrawn', 'sent']);
    await expect(accept(id, ann)).rejects.toMatchObject({ code: 'conflict' });
    expect(await statusesOf(other)).toEqual(['sent', 'sent', 'sent']);
    expect((await accept(id, cleo)).engagementId).not.toBeNull();
  });

  it('accepting while they are kept from the student: either they have accepted, or they are asked nothing', async () => {
    const { make, student, ann } = await world();
    const id = await make({ kind: 'one', tutorIds: [ann] });
    const [accepted] = await Promise.allSettled([
      accept(id, ann),
      excludeTutor(db, ctx, actor, { studentId: student.id, tutorId: ann, reason: '' }),
    ]);
    expect(await statusesOf(id)).toEqual([accepted.status === 'fulfilled' ? 'accepted' : 'withdrawn']);
  });

  it('as the student is not archived before the offer is withdrawn', async () => {
    const { make, student } = await world();
    const id = await make();
    const archive = () => archiveRecord(db, ctx, actor, { kind: 'student', id: student.id });
    await expect(archive()).rejects.toMatchObject({ message: expect.stringContaining('Withdraw the offer first') });
    await withdrawOffer(db, ctx, actor, { offerId: id });
    await archive();
  });

  it('archived while the offer is made either gets none or leaves it', async () => {
    const { offered, ann } = await world();
    const form = offered({ kind: 'one', tutorIds: [ann] });
    const [made] = await Promise.allSettled([
      makeOffer(db, ctx, actor, form),
      archiveRecord(db, ctx, actor, { kind: 'tutor', id: ann }),
    ]);
    expect(await statusesOf(form.id)).toEqual(made.status === 'fulfilled' ? ['withdrawn'] : []);
  });
});
