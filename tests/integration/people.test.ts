import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { addNamed } from '#app/domain/named-lists/add-named.server.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { archiveRecord, restoreRecord } from '#app/domain/people/archive-record.server.ts';
import { clientSchema, newClientSchema } from '#app/domain/people/client.schema.ts';
import { createClient } from '#app/domain/people/create-client.server.ts';
import { createStudent } from '#app/domain/people/create-student.server.ts';
import { createTutor } from '#app/domain/people/create-tutor.server.ts';
import { editClient } from '#app/domain/people/edit-client.server.ts';
import { editStudent } from '#app/domain/people/edit-student.server.ts';
import { editTutor } from '#app/domain/people/edit-tutor.server.ts';
import { PAGE_SIZE, readListFilter } from '#app/domain/people/list-filter.ts';
import { listTutors } from '#app/domain/people/list-tutors.server.ts';
import { getClient, getStudent, getTutor, listClients, listStudents } from '#app/domain/people/queries.server.ts';
import { tutorSchema } from '#app/domain/people/tutor.schema.ts';
import { readTutorFilter } from '#app/domain/people/tutor-filter.ts';
import {
  type AnOrganisation,
  aClient,
  anOrganisation,
  aProgram,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
let organisation: AnOrganisation;
let mia: Actor;
const ghost = '00000000-0000-4000-8000-000000000000';
const tutorList = (query = '') => readTutorFilter(new URLSearchParams(query));
const list = (query = '') => readListFilter(new URLSearchParams(query));

const tutorForm = {
  firstName: 'José',
  lastName: 'Álvarez',
  email: 'Jose@Example.test ',
  phone: '',
  timezone: 'Europe/Dublin',
  maxHoursPerWeek: '12.5',
  bufferMinutes: '10',
  personalRoomUrl: 'https://rooms.example.test/jose',
  notes: '',
};
const tutorValues = (over: object = {}) => tutorSchema.parse({ ...tutorForm, ...over });
const clientForm = {
  name: 'Oona Byrne',
  email: 'oona@example.test',
  phone: '',
  address: '',
  timezone: '',
  billingInstallId: '',
  notes: '',
};
const clientValues = (over: object = {}) => newClientSchema.parse({ ...clientForm, ...over });

beforeAll(async () => {
  organisation = await anOrganisation(db);
  mia = { userId: (await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] })).id, kind: 'user' };
});

async function aPlannedSession(tutorId: string, studentId: string, clientId: string) {
  const [program, subject] = [await aProgram(db), await aSubject(db)];
  const policyVersionId = await db.transaction().execute((trx) => policyVersionFor(trx, effectivePolicy(organisation.policies)));
  const session = await db
    .insertInto('session')
    .values({
      tutorId,
      programId: program.id,
      subjectId: subject.id,
      policyVersionId,
      mode: 'online',
      durationMinutes: 60,
      zone: 'Europe/Dublin',
      startsAt: new Date('2026-03-10T16:00:00Z'),
      endsAt: new Date('2026-03-10T17:00:00Z'),
      wallStart: '2026-03-10T16:00',
      localDate: '2026-03-10',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('attendance')
    .values({ sessionId: session.id, studentId, clientId, billingInstallId: organisation.installs['billing-invoicing'] })
    .execute();
  return session.id;
}

describe('tutors', () => {
  it('a tutor is saved as typed, with subjects and levels, and the log says who added them', async () => {
    const maths = await aSubject(db, { name: 'Maths' });
    const { id: level } = await addNamed(db, ctx, mia, 'level', { name: 'Leaving Cert' });
    const { id, ref } = await createTutor(db, ctx, mia, tutorValues({ subjects: [{ subjectId: maths.id, levelIds: [level] }] }));
    const tutor = await getTutor(db, id);
    expect(tutor).toMatchObject({
      name: 'José Álvarez',
      email: 'jose@example.test',
      phone: null,
      maxHoursPerWeek: '12.50',
      bufferMinutes: 10,
      version: 1,
    });
    expect(tutor.subjects).toMatchObject([{ name: 'Maths', levels: [{ name: 'Leaving Cert' }] }]);
    expect(ref).toMatch(/^tut-\d+$/);
    expect(await listAudit(db, { subjectType: 'tutor', subjectId: id })).toMatchObject([
      { action: 'tutor.create', by: 'Mia Fox' },
    ]);
  });

  it('a subject that is not there is refused and nothing of the tutor is kept', async () => {
    const before = (await listTutors(db, tutorList())).active;
    await expect(createTutor(db, ctx, mia, tutorValues({ subjects: [{ subjectId: ghost }] }))).rejects.toMatchObject({
      code: 'unknown_reference',
      field: 'subjects',
    });
    expect((await listTutors(db, tutorList())).active).toBe(before);
  });

  it('of two people who edit one tutor the second is told who was first, and nothing of theirs is written', async () => {
    const tutor = await aTutor(db, { bufferMinutes: 0 });
    const edit = { ...tutorValues({ firstName: 'Tess' }), id: tutor.id, version: 1 };
    await editTutor(db, ctx, mia, { ...edit, bufferMinutes: 15 });
    await expect(editTutor(db, ctx, { userId: null, kind: 'system' }, { ...edit, bufferMinutes: 30 })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Mia Fox changed this tutor'),
      details: { version: 2, by: 'Mia Fox' },
    });
    expect(await getTutor(db, tutor.id)).toMatchObject({ bufferMinutes: 15, version: 2 });
  });

  it('saving what is saved already is no change: no version, no line in the log', async () => {
    const { id } = await createTutor(db, ctx, mia, tutorValues());
    await editTutor(db, ctx, mia, { ...tutorValues(), id, version: 1 });
    expect(await getTutor(db, id)).toMatchObject({ version: 1 });
    expect(await listAudit(db, { subjectType: 'tutor', subjectId: id })).toHaveLength(1);
  });

  it('the log keeps what changed about the work, and of personal facts only that they changed', async () => {
    const tutor = await aTutor(db);
    await editTutor(db, ctx, mia, { ...tutorValues({ bufferMinutes: '20' }), id: tutor.id, version: 1 });
    const [line] = await listAudit(db, { subjectType: 'tutor', subjectId: tutor.id });
    expect(line?.before).toMatchObject({ bufferMinutes: 0, email: '·' });
    expect(line?.after).toMatchObject({ bufferMinutes: 20, email: '·', firstName: '·' });
    expect(JSON.stringify([line?.before, line?.after])).not.toContain('example.test');
  });

  it.each([
    ['a room without https', { personalRoomUrl: 'http://rooms.example.test' }, 'personalRoomUrl'],
    ['a room that is a script', { personalRoomUrl: 'javascript:alert(1)' }, 'personalRoomUrl'],
    ['a room with a password in it', { personalRoomUrl: 'https://me:secret@rooms.example.test' }, 'personalRoomUrl'],
    ['an address that is none', { email: 'jose' }, 'email'],
    ['no name', { firstName: '  ' }, 'firstName'],
    ['a zone that is none', { timezone: 'Dublin' }, 'timezone'],
    ['half a minute between sessions', { bufferMinutes: '7.5' }, 'bufferMinutes'],
    ['more hours than a week has', { maxHoursPerWeek: '169' }, 'maxHoursPerWeek'],
    ['a phone number without a number', { phone: 'ask me' }, 'phone'],
  ])('%s is refused at its field', (_, over, field) => {
    const result = tutorSchema.safeParse({ ...tutorForm, ...over });
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([field]);
  });
});

describe('clients and students', () => {
  it('an adult who learns becomes client and student at once', async () => {
    const { id, studentId } = await createClient(db, ctx, mia, clientValues({ learnsToo: 'on' }));
    expect(studentId).not.toBeNull();
    expect((await getClient(db, id)).students).toMatchObject([{ id: studentId, name: 'Oona Byrne' }]);
  });

  it("a client without a billing mode of their own has the organisation's", async () => {
    const client = await aClient(db);
    expect(await getClient(db, client.id)).toMatchObject({ billingPluginId: 'billing-invoicing', billingInstallId: null });
    await editClient(db, ctx, mia, {
      ...clientSchema.parse(clientForm),
      id: client.id,
      version: 1,
      billingInstallId: organisation.installs['billing-credits'],
    });
    expect(await getClient(db, client.id)).toMatchObject({ billingPluginId: 'billing-credits' });
  });

  it('a meeting provider is no way of billing', async () => {
    await expect(
      createClient(db, ctx, mia, clientValues({ billingInstallId: organisation.installs['meeting-link'] })),
    ).rejects.toMatchObject({
      code: 'unknown_reference',
      field: 'billingInstallId',
    });
  });

  it('a student goes under a client who is there and not archived', async () => {
    const archived = await aClient(db, { archivedAt: new Date() });
    const values = { firstName: 'Ada', lastName: '', email: null, grade: '', timezone: null, notes: '' };
    await expect(createStudent(db, ctx, mia, { ...values, clientId: ghost })).rejects.toMatchObject({
      code: 'unknown_reference',
      field: 'clientId',
    });
    await expect(createStudent(db, ctx, mia, { ...values, clientId: archived.id })).rejects.toMatchObject({
      code: 'unknown_reference',
      field: 'clientId',
    });
    const client = await aClient(db);
    const { id } = await createStudent(db, ctx, mia, { ...values, clientId: client.id });
    expect(await getStudent(db, id)).toMatchObject({ name: 'Ada', clientName: client.name });
  });

  it('a student who moves to another payer leaves the booked places with the first', async () => {
    const [first, second, tutor] = [await aClient(db), await aClient(db), await aTutor(db)];
    const student = await aStudent(db, { clientId: first.id });
    const sessionId = await aPlannedSession(tutor.id, student.id, first.id);
    await editStudent(db, ctx, mia, {
      firstName: 'Sam',
      lastName: '',
      email: null,
      grade: '',
      timezone: null,
      notes: '',
      id: student.id,
      version: 1,
      clientId: second.id,
    });
    const place = await db
      .selectFrom('attendance')
      .select('clientId')
      .where('sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
    expect(place.clientId).toBe(first.id);
    expect((await getStudent(db, student.id)).clientId).toBe(second.id);
  });

  it('what is not there can neither be edited nor archived', async () => {
    await expect(editClient(db, ctx, mia, { ...clientSchema.parse(clientForm), id: ghost, version: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(archiveRecord(db, ctx, mia, { kind: 'tutor', id: ghost })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('archiving', () => {
  it('a tutor or student with a session ahead stays; when it is over they can go', async () => {
    const [tutor, student] = [await aTutor(db), await aStudent(db)];
    await aPlannedSession(tutor.id, student.id, student.clientId);
    await expect(archiveRecord(db, ctx, mia, { kind: 'tutor', id: tutor.id })).rejects.toMatchObject({
      code: 'invalid_value',
      message: expect.stringContaining('1 session is still planned'),
    });
    await expect(archiveRecord(db, ctx, mia, { kind: 'student', id: student.id })).rejects.toMatchObject({
      code: 'invalid_value',
    });
    ctx.setNow('2026-03-11T09:00:00Z');
    await archiveRecord(db, ctx, mia, { kind: 'tutor', id: tutor.id });
    expect((await getTutor(db, tutor.id)).archivedAt).toEqual(new Date('2026-03-11T09:00:00Z'));
  });

  it('a client goes after the children, and comes back before them', async () => {
    const student = await aStudent(db);
    const client = { kind: 'client', id: student.clientId } as const;
    await expect(archiveRecord(db, ctx, mia, client)).rejects.toMatchObject({
      message: expect.stringContaining('1 student of this client is still active'),
    });
    await archiveRecord(db, ctx, mia, { kind: 'student', id: student.id });
    await archiveRecord(db, ctx, mia, client);
    await expect(restoreRecord(db, ctx, mia, { kind: 'student', id: student.id })).rejects.toMatchObject({
      code: 'invalid_value',
    });
    await restoreRecord(db, ctx, mia, client);
    await restoreRecord(db, ctx, mia, { kind: 'student', id: student.id });
    expect((await getStudent(db, student.id)).archivedAt).toBeNull();
  });

  it('archiving twice is done once', async () => {
    const tutor = await aTutor(db);
    await archiveRecord(db, ctx, mia, { kind: 'tutor', id: tutor.id });
    await archiveRecord(db, ctx, mia, { kind: 'tutor', id: tutor.id });
    expect(await listAudit(db, { subjectType: 'tutor', subjectId: tutor.id })).toHaveLength(1);
  });
});

describe('lists', () => {
  it('search finds names whatever their accents and case, in any order of words, and nothing by wildcards', async () => {
    const tutor = await aTutor(db, { firstName: 'Łukasz', lastName: 'Ångström', email: 'la@example.test' });
    const found = async (q: string) => (await listTutors(db, tutorList(`q=${encodeURIComponent(q)}`))).rows.map((row) => row.id);
    expect(await found('angstrom lukasz')).toEqual([tutor.id]);
    const yuri = await aTutor(db, { firstName: 'Юрий', lastName: 'Жуков' });
    expect(await found('ЖУКОВ')).toEqual([yuri.id]);
    expect(await found('LA@EXAMPLE')).toEqual([tutor.id]);
    expect(await found('%')).toEqual([]);
    expect(await found('_ngstrom')).toEqual([]);
  });

  it('a client is found by the name of a child', async () => {
    const student = await aStudent(db, { firstName: 'Wilhelmina', lastName: 'Okafor' });
    expect((await listClients(db, list('q=wilhelmina'))).rows.map((row) => row.id)).toEqual([student.clientId]);
    expect((await listStudents(db, list('q=okafor'))).rows.map((row) => row.id)).toEqual([student.id]);
  });

  it('archived ones stand in a list of their own, and both are counted', async () => {
    const gone = await aTutor(db, { lastName: 'Gone', archivedAt: new Date() });
    const active = await listTutors(db, tutorList('q=gone'));
    const archived = await listTutors(db, tutorList('q=gone&archived=1'));
    expect(active.rows).toEqual([]);
    expect(archived.rows.map((row) => row.id)).toEqual([gone.id]);
    expect(archived).toMatchObject({ total: 1, active: active.active, archived: active.archived });
  });

  it('pages follow one another without a gap, and a page past the end is the last', async () => {
    await db
      .insertInto('client')
      .values(Array.from({ length: PAGE_SIZE + 3 }, (_, n) => ({ name: `Paging ${String(n).padStart(3, '0')}` })))
      .execute();
    const [first, last] = [await listClients(db, list('q=paging')), await listClients(db, list('q=paging&page=99'))];
    expect(first).toMatchObject({ total: PAGE_SIZE + 3, pages: 2, page: 1 });
    expect(last).toMatchObject({ page: 2 });
    expect(first.rows).toHaveLength(PAGE_SIZE);
    expect([...first.rows, ...last.rows].map((row) => row.name)).toEqual(
      Array.from({ length: PAGE_SIZE + 3 }, (_, n) => `Paging ${String(n).padStart(3, '0')}`),
    );
  });
});
