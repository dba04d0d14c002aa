import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRequest } from '#app/domain/requests/create-request.server.ts';
import { newRequestSchema } from '#app/domain/requests/request.schema.ts';
import { aClient, anOrganisation, aRequest, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const maths = await aSubject(db, { name: 'Maths' });
const office = await aUser(db, { roles: ['scheduler'] });
const actor = { userId: office.id, kind: 'user' } as const;

const ask = (over: Record<string, unknown>) =>
  createRequest(db, ctx, actor, newRequestSchema.parse({ source: 'office', subjectId: maths.id, ...over }));

const NEW_FAMILY = (email: string | null, phone = '') => ({
  who: 'new',
  client: { name: 'Rita Byrne', email, phone },
  student: { firstName: 'Nora', lastName: 'Byrne' },
});

describe('a request', () => {
  it('of people nobody knows makes the client as a prospect, the student, and stands at the beginning of the pipeline', async () => {
    const made = await ask({
      for: NEW_FAMILY('rita@example.test'),
      sessionMinutes: '60',
      sessionsPerWeek: '2',
      tags: ['Patient'],
      times: [
        { weekday: 2, startMinute: 900, endMinute: 1080, wished: false },
        { weekday: 2, startMinute: 960, endMinute: 1020, wished: true },
      ],
    });
    const request = await db.selectFrom('request').selectAll().where('id', '=', made.id).executeTakeFirstOrThrow();
    const stage = await db.selectFrom('requestStage').select('kind').where('id', '=', request.stageId).executeTakeFirstOrThrow();
    expect({ stage: stage.kind, hours: request.hoursPerWeek, zone: request.zone, by: request.createdBy }).toEqual({
      stage: 'new',
      hours: '2.00',
      zone: 'Europe/Dublin',
      by: office.id,
    });
    const client = await db.selectFrom('client').selectAll().where('id', '=', made.clientId).executeTakeFirstOrThrow();
    const student = await db.selectFrom('student').selectAll().where('id', '=', made.studentId).executeTakeFirstOrThrow();
    expect({ status: client.status, source: client.source, pays: student.clientId }).toEqual({
      status: 'prospect',
      source: 'office',
      pays: client.id,
    });
    const tags = await db
      .selectFrom('tagUse')
      .innerJoin('tag', 'tag.id', 'tagUse.tagId')
      .select('name')
      .where('requestId', '=', made.id)
      .execute();
    expect(tags).toEqual([{ name: 'Patient' }]);
    const times = await db
      .selectFrom('requestTime')
      .select(['startMinute', 'endMinute', 'wished'])
      .where('requestId', '=', made.id)
      .orderBy('startMinute')
      .execute();
    expect(times).toEqual([
      { startMinute: 900, endMinute: 960, wished: false },
      { startMinute: 960, endMinute: 1020, wished: true },
      { startMinute: 1020, endMinute: 1080, wished: false },
    ]);
  });

  it('of an adult who learns is of one person: client and student', async () => {
    const made = await ask({ for: { who: 'new', client: { name: 'Ida Moran', email: 'ida@example.test' }, student: null } });
    const student = await db.selectFrom('student').selectAll().where('id', '=', made.studentId).executeTakeFirstOrThrow();
    expect(student).toMatchObject({ firstName: 'Ida', lastName: 'Moran', clientId: made.clientId });
  });

  it('is made once, however often its form is sent at once', async () => {
    const id = randomUUID();
    const made = await Promise.all([1, 2, 3].map(() => ask({ id, for: NEW_FAMILY('once@example.test') })));
    expect(new Set(made.map((one) => `${one.id} ${one.studentId}`)).size).toBe(1);
    const clients = await db.selectFrom('client').select('id').where('email', '=', 'once@example.test').execute();
    expect(clients).toHaveLength(1);
  });

  it('for the same student and subject is noticed while the first is open, two at once too, and made when one insists', async () => {
    const student = await aStudent(db);
    const whom = { for: { who: 'student', studentId: student.id } };
    const results = await Promise.allSettled([ask(whom), ask(whom)]);
    const refused = results.find((result) => result.status === 'rejected');
    const [first] = results.filter((result) => result.status === 'fulfilled');
    expect(refused?.reason).toMatchObject({ code: 'duplicate_reference', details: { requests: [{ id: first?.value.id }] } });
    await expect(ask({ ...whom, despiteDuplicates: true })).resolves.toBeDefined();
    const physics = await aSubject(db, { name: 'Physics' });
    await expect(ask({ ...whom, subjectId: physics.id })).resolves.toBeDefined();
    await db.updateTable('request').set({ closedAt: new Date() }).where('studentId', '=', student.id).execute();
    await expect(ask(whom)).resolves.toBeDefined();
  });

  it('of a person who exists already is noticed by address, whatever its case, and by phone, however it is written', async () => {
    const known = await aClient(db, { name: 'Orla Walsh', email: 'orla@example.test', phone: '+353 86 123 4567' });
    const found = { code: 'duplicate_reference', details: { people: [{ kind: 'client', id: known.id }] } };
    await expect(ask({ for: NEW_FAMILY('Orla@Example.test') })).rejects.toMatchObject(found);
    await expect(ask({ for: NEW_FAMILY(null, '086 1234567') })).rejects.toMatchObject(found);
    const child = await aStudent(db, { clientId: known.id, firstName: 'Zoë', lastName: 'Walsh' });
    await expect(
      ask({ for: { who: 'new_student', clientId: known.id, student: { firstName: 'Zoe', lastName: '' } } }),
    ).rejects.toMatchObject({ details: { people: [{ kind: 'student', id: child.id, by: 'name' }] } });
  });

  it('of an archived student or for what is archived is refused at its field', async () => {
    const archivedAt = new Date();
    const student = await aStudent(db, { archivedAt });
    await expect(ask({ for: { who: 'student', studentId: student.id } })).rejects.toMatchObject({ field: 'studentId' });
    const live = { for: { who: 'student', studentId: (await aStudent(db)).id } };
    const refused = (over: Record<string, unknown>) => ask({ ...live, ...over }).catch((error) => error.field);
    expect(await refused({ subjectId: (await aSubject(db, { archivedAt })).id })).toBe('subjectId');
    expect(await refused({ wishTutorId: (await aTutor(db, { archivedAt })).id })).toBe('wishTutorId');
    expect(await refused({ assigneeId: (await aUser(db, { roles: ['tutor'] })).id })).toBe('assigneeId');
    expect(await refused({ levelId: randomUUID() })).toBe('levelId');
  });

  it('from outside makes a task for the office, from the office none', async () => {
    const tasksOf = (requestId: string) =>
      db.selectFrom('task').select(['title', 'event', 'dueOn']).where('requestId', '=', requestId).execute();
    const outside = await createRequest(
      db,
      ctx,
      { userId: null, kind: 'guest' },
      newRequestSchema.parse({ source: 'enquiry', for: NEW_FAMILY('outside@example.test'), despiteDuplicates: true }),
    );
    expect(await tasksOf(outside.id)).toEqual([{ title: 'Answer the enquiry', event: 'enquiry_received', dueOn: '2026-03-03' }]);
    const inside = await aRequest(db);
    expect(await tasksOf(inside.id)).toEqual([]);
  });

  it('leaves no name in the log', async () => {
    const made = await ask({ for: NEW_FAMILY('quiet@example.test'), wishes: 'Shy, likes horses', location: '12 Quay Street' });
    const rows = await db
      .selectFrom('auditLog')
      .select(['after'])
      .where('subjectId', 'in', [made.id, made.clientId, made.studentId])
      .execute();
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/Byrne|Nora|quiet|horses|Quay/);
  });
});
