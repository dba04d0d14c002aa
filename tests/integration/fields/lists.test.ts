import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { customFilterParams, readCustomFilter } from '#app/domain/fields/custom-filter.ts';
import { customFieldsFor } from '#app/domain/fields/queries.server.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { loader as clients } from '#app/routes/office.clients._index/route.tsx';
import { loader as requests } from '#app/routes/office.requests._index/route.tsx';
import { loader as students } from '#app/routes/office.students._index/route.tsx';
import { loader as tutors } from '#app/routes/office.tutors._index/route.tsx';
import { aClient, aCustomField, anOrganisation, aRequest, aStudent, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const scheduler = await aUser(db, { roles: ['scheduler'] });
const system = { userId: null, kind: 'system' } as const;

async function argsOf(path: string) {
  const token = await startSession(db, ctx.clock(), scheduler.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, { headers: { cookie: `lectern=${token}` } });
  return { request, context, params: {} } as never;
}

const school = await aCustomField(db, { key: 'school', label: 'School', filterable: true, inList: true });
const reads = await aCustomField(db, { key: 'reads', type: 'number', filterable: true });
const born = await aCustomField(db, { key: 'born', type: 'date', filterable: true });
const photo = await aCustomField(db, { key: 'photo', type: 'yes_no', filterable: true });
const likes = await aCustomField(db, {
  key: 'likes',
  type: 'choices',
  filterable: true,
  choices: [
    { id: 'art', label: 'Art', archived: false },
    { id: 'sport', label: 'Sport', archived: true },
  ],
});
const secret = await aCustomField(db, { key: 'secret', filterable: true, inList: true, seenBy: [], editedBy: [] });

async function aChild(firstName: string, patch: Record<string, string | number | boolean | string[]>) {
  const student = await aStudent(db, { firstName, lastName: '' });
  await saveCustom(db, system, { entity: 'student', id: student.id, patch });
}
await aChild('Ada', { [school.id]: 'Žižek High 100%', [reads.id]: 9.5, [born.id]: '2015-04-01', [secret.id]: 'x' });
await aChild('Ben', { [school.id]: 'St Jude', [reads.id]: 10, [photo.id]: false, [likes.id]: ['art', 'sport'] });
await aChild('Cat', { [photo.id]: true, [born.id]: '2016-01-31', [likes.id]: ['art'] });

const found = async (query: string) =>
  (await students(await argsOf(`/office/students?${query}`))).page.rows.map((row) => row.name.trim()).join();

describe('a list is narrowed by an additional field', () => {
  it.each([
    ['f.school=zizek', 'Ada'],
    ['f.school=100%25', 'Ada'],
    ['f.school=_', ''],
    ['f.reads.from=9,5', 'Ada,Ben'],
    ['f.reads.from=9.6', 'Ben'],
    ['f.reads.to=9.5', 'Ada'],
    ['f.born.from=2015-04-01&f.born.to=2015-12-31', 'Ada'],
    ['f.photo=no', 'Ben'],
    ['f.photo=yes', 'Cat'],
    ['f.likes=sport', 'Ben'],
    ['f.likes=art&f.photo=yes', 'Cat'],
    ['f.photo=perhaps&f.reads.from=many&f.likes=music', 'Ada,Ben,Cat'],
  ])('%s', async (query, names) => {
    expect(await found(query)).toBe(names);
  });

  it('but by none that its reader doesn’t see, nor shows it', async () => {
    expect(await found('f.secret=nothing')).toBe('Ada,Ben,Cat');
    const { custom } = await students(await argsOf('/office/students'));
    expect(custom.columns.map((field) => field.label)).toEqual(['School']);
    expect(Object.values(custom.values)).toEqual(expect.arrayContaining([{ [school.id]: 'St Jude' }]));
    expect(JSON.stringify(custom)).not.toContain(secret.id);
  });

  it('as its address says, and says again for the next page', async () => {
    const fields = await customFieldsFor(db, 'student', 'scheduler');
    const query = { 'f.school': 'jude', 'f.reads.from': '9.5', 'f.born.to': '2016-01-01' };
    expect(customFilterParams(readCustomFilter(fields, new URLSearchParams(query)))).toEqual(query);
  });
});

it('clients, tutors and requests are narrowed by theirs, too', async () => {
  const of = (entity: string) => aCustomField(db, { entity, key: 'mark', filterable: true, inList: true });
  const [client, tutor, request] = [await of('client'), await of('tutor'), await of('request')];
  const [oona, tess, asked] = [await aClient(db), await aTutor(db), await aRequest(db)];
  await aClient(db);
  await aTutor(db);
  await aRequest(db);
  await saveCustom(db, system, { entity: 'client', id: oona.id, patch: { [client.id]: 'blue' } });
  await saveCustom(db, system, { entity: 'tutor', id: tess.id, patch: { [tutor.id]: 'blue' } });
  await saveCustom(db, system, { entity: 'request', id: asked.id, patch: { [request.id]: 'blue' } });
  const ids = (page: { rows: { id: string }[] }) => page.rows.map((row) => row.id);
  expect(ids((await clients(await argsOf('/office/clients?f.mark=blue'))).page)).toEqual([oona.id]);
  expect(ids((await tutors(await argsOf('/office/tutors?f.mark=blue'))).page)).toEqual([tess.id]);
  const list = await requests(await argsOf('/office/requests?view=list&f.mark=blue'));
  expect(ids(list as unknown as { rows: { id: string }[] })).toEqual([asked.id]);
  const board = await requests(await argsOf('/office/requests?f.mark=blue'));
  expect((board as unknown as { cards: object[] }).cards).toHaveLength(1);
});
