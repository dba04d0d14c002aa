import { beforeAll, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { getClient, getStudent } from '#app/domain/people/queries.server.ts';
import { loader as clients, action as clientsAction } from '#app/routes/office.clients._index/route.tsx';
import { action as editClientPage } from '#app/routes/office.clients.$id_.edit/route.tsx';
import { action as newClientPage } from '#app/routes/office.clients.new/route.tsx';
import { loader as students, action as studentsAction } from '#app/routes/office.students._index/route.tsx';
import { aClient, anEngagement, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
let cookie: string;

beforeAll(async () => {
  await anOrganisation(db);
  const user = await aUser(db, { roles: ['scheduler'] });
  cookie = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.1', userAgent: null })}`;
});

async function names(loader: unknown, query: string): Promise<string[]> {
  const { body } = await visit(ctx, loader, { cookie, path: `/office/list?${query}` });
  return (body as { page: { rows: { name: string }[] } }).page.rows.map((row) => row.name);
}

const post = (action: unknown, form: Record<string, string | string[]>, id = '') =>
  visit(ctx, action, { cookie, form, params: { id } });
const clientForm = { name: 'Zoë Prospect', email: '', phone: '', address: '', timezone: '', billingInstallId: '', notes: '' };

describe('the list of clients', () => {
  it('is narrowed by status, tag and who signs in, and what makes no sense in the address is ignored', async () => {
    await post(newClientPage, { ...clientForm, status: 'prospect', tags: 'sibling discount, VIP' });
    const { id } = await aClient(db, { name: 'Ann Active', userId: (await aUser(db, { roles: ['client'] })).id });
    expect(await names(clients, 'status=prospect')).toEqual(['Zoë Prospect']);
    expect(await names(clients, 'status=active&q=ann')).toEqual(['Ann Active']);
    expect(await names(clients, 'signsIn=no')).toEqual(['Zoë Prospect']);
    expect(await names(clients, 'signsIn=invited')).toEqual(['Ann Active']);
    expect(await names(clients, 'signsIn=yes')).toEqual([]);
    const [vip] = await db.selectFrom('tag').select('id').where('name', '=', 'VIP').execute();
    expect(await names(clients, `tag=${vip?.id}`)).toEqual(['Zoë Prospect']);
    expect(await names(clients, "status=gone&tag='; drop table client&signsIn=x")).toEqual(['Ann Active', 'Zoë Prospect']);
    expect((await getClient(db, id)).status).toBe('active');
  });

  it('changes those that are ticked together, says who was refused and why, and logs each', async () => {
    const busy = await aClient(db, { name: 'Busy Client' });
    await aStudent(db, { clientId: busy.id });
    const idle = await aClient(db, { name: 'Idle Client' });
    const both = [busy.id, idle.id];
    expect((await post(clientsAction, { chosen: both, to: 'status:prospect' })).body).toMatchObject({ done: 2, refused: [] });
    expect((await post(clientsAction, { chosen: both, to: 'tag', tag: 'Autumn' })).body).toMatchObject({ done: 2 });
    expect((await post(clientsAction, { chosen: both, to: 'archive' })).body).toMatchObject({
      done: 1,
      refused: [{ name: 'Busy Client', message: expect.stringContaining('still active') }],
    });
    const { status, tags, archivedAt } = await getClient(db, idle.id);
    expect([status, tags.map((tag) => tag.name), archivedAt !== null]).toEqual(['prospect', ['Autumn'], true]);
    const log = await listAudit(db, { subjectType: 'client', subjectId: idle.id });
    expect(log.map((row) => row.action)).toEqual(['client.archive', 'client.tag', 'client.status']);
    expect((await post(clientsAction, { chosen: both, to: 'status:gone' })).body).toMatchObject({ message: expect.any(String) });
  });

  it('an edit that says nothing of tags and status leaves them as they are', async () => {
    const { id } = await aClient(db, { name: 'Kept', status: 'prospect' });
    await post(clientsAction, { chosen: [id], to: 'tag', tag: 'Kept tag' });
    const { version } = await getClient(db, id);
    const answer = await post(editClientPage, { ...clientForm, name: 'Kept indeed', version: String(version) }, id);
    expect(answer.status).toBe(302);
    expect(await getClient(db, id)).toMatchObject({ name: 'Kept indeed', status: 'prospect', tags: [{ name: 'Kept tag' }] });
    const next = { ...clientForm, name: 'Kept indeed', status: 'active', tags: '', version: String(version + 1) };
    expect((await post(editClientPage, next, id)).status).toBe(302);
    expect(await getClient(db, id)).toMatchObject({ status: 'active', tags: [] });
  });
});

it('the list of students is narrowed by who has no tutor, by grade and by tag', async () => {
  const engaged = await aStudent(db, { firstName: 'Eve', lastName: 'Engaged', grade: 'Year 9' });
  const without = await aStudent(db, { firstName: 'Will', lastName: 'Without', grade: 'Year 10' });
  const [tutor, program, subject] = [await aTutor(db), await aProgram(db), await aSubject(db)];
  await anEngagement(db, { tutorId: tutor.id, studentId: engaged.id, programId: program.id, subjectId: subject.id });
  expect(await names(students, 'engaged=yes')).toEqual(['Eve Engaged']);
  expect(await names(students, 'engaged=no&q=without')).toEqual(['Will Without']);
  expect(await names(students, 'grade=Year+10')).toEqual(['Will Without']);
  await post(studentsAction, { chosen: [without.id], to: 'tag', tag: 'exam' });
  expect((await getStudent(db, without.id)).tags).toMatchObject([{ name: 'exam' }]);
  const [exam] = await db.selectFrom('tag').select('id').where('name', '=', 'exam').execute();
  expect(await names(students, `tag=${exam?.id}`)).toEqual(['Will Without']);
});
