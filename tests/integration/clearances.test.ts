import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { addClearance } from '#app/domain/clearances/add-clearance.server.ts';
import { addClearanceType } from '#app/domain/clearances/add-clearance-type.server.ts';
import { checkClearance } from '#app/domain/clearances/check-clearance.server.ts';
import { clearanceEditSchema, clearanceTypeSchema, newClearanceSchema } from '#app/domain/clearances/clearance.schema.ts';
import { countClearances, getClearance, listStandings, listTutorClearances } from '#app/domain/clearances/queries.server.ts';
import { remindClearances } from '#app/domain/clearances/remind-clearances.server.ts';
import { removeClearance } from '#app/domain/clearances/remove-clearance.server.ts';
import { removeFile } from '#app/domain/files/remove-file.server.ts';
import { arrangeNamed } from '#app/domain/named-lists/arrange-named.server.ts';
import { action as send } from '#app/routes/tutor.documents/route.tsx';
import { anOrganisation, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const NOW = '2026-03-02T09:00:00Z';
const TODAY = '2026-03-02';
const ctx = testContext(db, { now: NOW });
await anOrganisation(db, { email: 'office@harbour.test' });
const mia = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const actor = { userId: mia.id, kind: 'user' } as const;
const type = (over: object) =>
  addClearanceType(
    db,
    ctx,
    actor,
    clearanceTypeSchema.parse({ name: 'Check', required: 'always', validMonths: '', remindDays: '60, 30, 7, 0', ...over }),
  );
const check = await type({ name: 'Background check', validMonths: '24' });
const driving = await type({ name: 'Driving licence', required: 'in_person', remindDays: '' });
const pdf = { name: 'paper.pdf', content: Buffer.from('%PDF-1.7\nsome paper\n%%EOF') };
const nothing = { name: '', content: Buffer.alloc(0) };

beforeEach(() => ctx.setNow(NOW));

const values = (over: object = {}) =>
  newClearanceSchema.parse({ id: randomUUID(), typeId: check.id, number: '', issuedOn: '', expiresOn: '', ...over });
const byTutor = (tutorId: string, over: object = {}) =>
  addClearance(db, ctx, actor, { ...values(over), tutorId, by: 'tutor', file: pdf });
const byOffice = (tutorId: string, over: object = {}) =>
  addClearance(db, ctx, actor, { ...values({ checked: 'on', ...over }), tutorId, by: 'office', file: nothing });
const find = (id: string, over: object, version = 1) =>
  checkClearance(
    db,
    ctx,
    actor,
    clearanceEditSchema.parse({ id, version, number: '', issuedOn: '', expiresOn: '', note: '', ...over }),
  );
const standing = async (tutorId: string, typeId = check.id) =>
  (await listTutorClearances(db, tutorId, TODAY)).find((kind) => kind.type.id === typeId)?.standing;
const mails = async (template: string) =>
  (await db
    .selectFrom('mailMessage')
    .select(['toAddress', 'data'])
    .where('template', '=', template)
    .orderBy('createdAt')
    .execute()) as {
    toAddress: string;
    data: Record<string, unknown>;
  }[];
const tasks = (tutorId: string) => db.selectFrom('task').select(['event', 'doneAt']).where('tutorId', '=', tutorId).execute();

describe('a clearance', () => {
  it('that a tutor sends in waits for the office, which gets one task and checks it; the tutor is told', async () => {
    const tutor = await aTutor(db, { email: 'tess@harbour.test' });
    expect(await standing(tutor.id)).toBe('missing');
    const over = { id: randomUUID(), issuedOn: '2026-02-01' };
    const { id } = await byTutor(tutor.id, over);
    await byTutor(tutor.id, over);
    expect(await standing(tutor.id)).toBe('to_check');
    expect(await tasks(tutor.id)).toMatchObject([{ event: 'clearance_to_check', doneAt: null }]);
    await find(id, { status: 'valid', issuedOn: '2026-02-01' });
    expect(await standing(tutor.id)).toBe('valid');
    expect(await getClearance(db, id)).toMatchObject({ until: '2028-01-31', checkedBy: 'Mia Fox', file: { name: 'paper.pdf' } });
    expect(await tasks(tutor.id)).toMatchObject([{ doneAt: expect.any(Date) }]);
    expect(await mails('clearance-checked')).toMatchObject([
      { toAddress: 'tess@harbour.test', data: { accepted: true, until: '2028-01-31' } },
    ]);
  });

  it('is not accepted without a reason, which the tutor hears', async () => {
    const tutor = await aTutor(db, { email: 'rory@harbour.test' });
    const { id } = await byTutor(tutor.id, { issuedOn: '2026-02-01' });
    const refused = { status: 'rejected', issuedOn: '2026-02-01' };
    expect(clearanceEditSchema.safeParse({ id, version: 1, number: '', note: '', ...refused }).error?.issues[0]?.path).toEqual([
      'note',
    ]);
    await find(id, { ...refused, note: 'The stamp is missing' });
    expect(await standing(tutor.id)).toBe('rejected');
    expect((await mails('clearance-checked')).at(-1)).toMatchObject({ data: { accepted: false, note: 'The stamp is missing' } });
  });

  it('is checked by one: the second is told who was first', async () => {
    const tutor = await aTutor(db);
    const { id } = await byTutor(tutor.id, { issuedOn: '2026-02-01' });
    await find(id, { status: 'valid', issuedOn: '2026-02-01' });
    await expect(find(id, { status: 'rejected', note: 'Blurred' })).rejects.toMatchObject({
      code: 'conflict',
      details: { version: 2 },
    });
  });

  it('that is renewed takes the place of the old one, whichever was checked first', async () => {
    const tutor = await aTutor(db);
    await byOffice(tutor.id, { expiresOn: '2026-03-10' });
    expect(await standing(tutor.id)).toBe('expiring');
    const renewed = await byOffice(tutor.id, { expiresOn: '2028-03-10' });
    await byOffice(tutor.id, { expiresOn: '2026-03-05' });
    expect(await standing(tutor.id)).toBe('valid');
    const row = (await listStandings(db, TODAY)).find((one) => one.tutor.id === tutor.id && one.type.id === check.id);
    expect(row?.clearance?.id).toBe(renewed.id);
  });

  it.each([
    ['by a tutor without its paper', { by: 'tutor' as const, file: nothing }, {}, 'file'],
    ['that has run out, by a tutor', { by: 'tutor' as const }, { expiresOn: '2026-03-01' }, 'expiresOn'],
    ['that is issued tomorrow', {}, { issuedOn: '2026-03-03' }, 'issuedOn'],
    ['without any day, of a kind that is not good for ever', {}, { issuedOn: '' }, 'issuedOn'],
    ['of a kind that is not there', {}, { typeId: randomUUID() }, 'typeId'],
  ])('%s is refused at its field', async (_, how, over, field) => {
    const tutor = await aTutor(db);
    const input = { ...values({ issuedOn: '2026-02-01', ...over }), tutorId: tutor.id, by: 'office' as const, file: pdf, ...how };
    await expect(addClearance(db, ctx, actor, input)).rejects.toMatchObject({ field });
    expect(await db.selectFrom('clearance').select('id').where('tutorId', '=', tutor.id).execute()).toEqual([]);
  });

  it('is needed in person by whoever teaches in person', async () => {
    const [online, both] = [await aTutor(db, { teachesInPerson: false }), await aTutor(db)];
    const required = async (id: string) =>
      (await listTutorClearances(db, id, TODAY)).find((kind) => kind.type.id === driving.id)?.required;
    expect([await required(online.id), await required(both.id)]).toEqual([false, true]);
  });

  it('found valid keeps its file; taken away by mistake it leaves the file behind', async () => {
    const tutor = await aTutor(db);
    const { id } = await byTutor(tutor.id, { issuedOn: '2026-02-01' });
    await find(id, { status: 'valid', issuedOn: '2026-02-01' });
    const fileId = (await getClearance(db, id)).file?.id ?? '';
    await expect(removeFile(db, ctx, actor, { id: fileId })).rejects.toMatchObject({ code: 'invalid_value' });
    await removeClearance(db, ctx, actor, { id });
    await removeClearance(db, ctx, actor, { id });
    expect(await standing(tutor.id)).toBe('missing');
    expect(await db.selectFrom('file').select('id').where('id', '=', fileId).execute()).toHaveLength(1);
  });
});

describe('reminders of clearances', () => {
  it('go to tutor and office on each of the days once, and a renewal ends them', async () => {
    const tutor = await aTutor(db, { email: 'remind@harbour.test' });
    await byOffice(tutor.id, { expiresOn: '2026-05-01' });
    const own = async () => (await mails('clearances-expiring')).filter((mail) => mail.toAddress === 'remind@harbour.test');
    const on = async (day: string) => {
      ctx.setNow(`${day}T09:00:00Z`);
      await remindClearances(db, ctx);
      await remindClearances(db, ctx);
      return (await own()).length;
    };
    expect(await on('2026-03-01')).toBe(0);
    expect(await on('2026-03-02')).toBe(1);
    expect(await on('2026-03-20')).toBe(1);
    // The worker was away on the 30th day before.
    expect(await on('2026-04-03')).toBe(2);
    expect((await own()).at(-1)?.data).toMatchObject({ clearances: [{ daysLeft: 28, until: '2026-05-01' }] });
    expect(
      (await mails('clearances-expiring')).filter((mail) => mail.toAddress === 'office@harbour.test').length,
    ).toBeGreaterThan(1);
    expect((await tasks(tutor.id)).filter((task) => task.event === 'clearance_expiring')).toHaveLength(1);
    await byOffice(tutor.id, { expiresOn: '2028-05-01' });
    expect(await on('2026-05-01')).toBe(2);
    expect(await tasks(tutor.id)).toMatchObject([{ doneAt: expect.any(Date) }]);
  });

  it('are not sent to who has left, nor while a renewal waits to be checked', async () => {
    const [left, sent] = [
      await aTutor(db, { email: 'left@harbour.test', status: 'left' }),
      await aTutor(db, { email: 'sent@harbour.test' }),
    ];
    for (const { id } of [left, sent]) await byOffice(id, { expiresOn: TODAY });
    await byTutor(sent.id, { issuedOn: '2026-03-01' });
    await remindClearances(db, ctx);
    const addresses = (await mails('clearances-expiring')).map((mail) => mail.toAddress);
    expect(addresses).not.toContain('left@harbour.test');
    expect(addresses).not.toContain('sent@harbour.test');
  });

  it('count for the office what waits and what is lacking, and nothing of an archived kind', async () => {
    const before = await countClearances(db, TODAY);
    const kind = await type({ name: 'Contract' });
    const tutors = (await listStandings(db, TODAY)).filter((row) => row.type.id === kind.id).length;
    expect(await countClearances(db, TODAY)).toMatchObject({ lacking: before.lacking + tutors });
    await arrangeNamed(db, ctx, actor, 'clearanceType', { id: kind.id, to: 'archive' });
    expect(await countClearances(db, TODAY)).toEqual(before);
  });
});

describe('the page of a tutor’s documents', () => {
  it('takes a paper for nobody but who sends it', async () => {
    const user = await aUser(db, { roles: ['tutor'] });
    const own = await aTutor(db, { userId: user.id });
    const other = await aTutor(db);
    const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
    const body = new FormData();
    for (const [name, value] of Object.entries({
      id: randomUUID(),
      typeId: check.id,
      issuedOn: '2026-02-01',
      tutorId: other.id,
      checked: 'on',
    }))
      body.set(name, value);
    body.set('file', new File([pdf.content], 'paper.pdf', { type: 'application/pdf' }));
    const request = new Request('http://lectern.test/tutor/documents', {
      method: 'POST',
      headers: { cookie: `lectern=${token}` },
      body,
    });
    const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
    expect(await send({ request, context, params: {} } as never)).toMatchObject({ status: 302 });
    expect([await standing(own.id), await standing(other.id)]).toEqual(['to_check', 'missing']);
  });
});
