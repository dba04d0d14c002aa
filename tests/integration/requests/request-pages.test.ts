import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { loader as pipeline, action as pipelineAction } from '#app/routes/office.requests._index/route.tsx';
import { action as requestAction, loader as requestPage } from '#app/routes/office.requests.$id/route.tsx';
import { action as editAction, loader as editPage } from '#app/routes/office.requests.$id_.edit/route.tsx';
import { action as newAction, loader as newPage } from '#app/routes/office.requests.new/route.tsx';
import { action as tasksAction, loader as tasksPage } from '#app/routes/office.tasks._index/route.tsx';
import { aClient, anOrganisation, aRequest, aStudent, aSubject, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const maths = await aSubject(db, { name: 'Maths' });
const scheduler = await aUser(db, { roles: ['scheduler'], name: 'Ada' });
const stageId = async (name: string) =>
  (await db.selectFrom('requestStage').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;

async function argsOf(path: string, form?: Record<string, string> | [string, string][]) {
  const token = await startSession(db, ctx.clock(), scheduler.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split(/[/?]/).find((part) => part.length === 36) } } as never;
}

interface Refusal {
  data: {
    errors: Record<string, string>;
    values: Record<string, string[]>;
    message?: string;
    duplicates?: { people: { id: string }[]; requests: { id: string }[] };
  };
  init: { status: number };
}
const refused = async (answer: Promise<unknown>) => (await answer) as Refusal;
const moved = async (answer: Promise<unknown>) => (await answer) as unknown as Response;

const aForm = (over: Record<string, string>) => ({
  id: randomUUID(),
  who: 'new',
  'client.name': 'Rita Byrne',
  'student.firstName': 'Nora',
  subjectId: maths.id,
  urgency: 'normal',
  ...over,
});

describe('the form of a request', () => {
  it('takes a call in: a new family, its times line by line, and goes to the request', async () => {
    const form = { ...aForm({ 'client.email': 'rita@example.test', tags: 'Calm, Exam coach' }) };
    const lines: [string, string][] = [
      ['from.2', '16:00'],
      ['to.2', '18:00'],
      ['mark.2', 'wished'],
      ['from.2', ''],
      ['to.2', ''],
      ['mark.2', 'possible'],
      ['from.4', '09:00'],
      ['to.4', '10:00'],
      ['mark.4', 'possible'],
    ];
    const answer = await moved(newAction(await argsOf('/office/requests/new', [...Object.entries(form), ...lines])));
    expect(answer.headers.get('location')).toBe(`/office/requests/${form.id}`);
    const page = await requestPage(await argsOf(`/office/requests/${form.id}`));
    expect(page.times).toEqual([
      { day: 'Tuesday', spans: [{ text: '16:00 – 18:00', wished: true }] },
      { day: 'Thursday', spans: [{ text: '09:00 – 10:00', wished: false }] },
    ]);
    expect(page).toMatchObject({ view: { name: 'Nora', stageName: 'New' }, tags: ['Calm', 'Exam coach'] });
  });

  it('says at its field what is wrong, and keeps what was typed and the lines of times', async () => {
    const form = aForm({ 'client.name': '', 'from.3': '15:00', 'to.3': '', wishes: 'Mornings' });
    const { data, init } = await refused(newAction(await argsOf('/office/requests/new', form)));
    expect(init.status).toBe(400);
    expect(Object.keys(data.errors).sort()).toEqual(['client.name', 'to.3.0']);
    expect(data.values).toMatchObject({ wishes: ['Mornings'], 'from.3': ['15:00'] });
  });

  it('shows whom it may be a second one of, and takes the person who is known, or makes a new one, by the second click', async () => {
    const known = await aClient(db, { name: 'Orla Walsh', email: 'orla@example.test' });
    const form = aForm({ 'client.name': 'Orla W.', 'client.email': 'orla@example.test', 'student.firstName': 'Zoe' });
    const first = await refused(newAction(await argsOf('/office/requests/new', form)));
    expect(first.init.status).toBe(409);
    expect(first.data.duplicates?.people).toMatchObject([{ id: known.id }]);
    await newAction(await argsOf('/office/requests/new', { ...form, use: `client:${known.id}` }));
    const made = await db.selectFrom('request').select('clientId').where('id', '=', form.id).executeTakeFirstOrThrow();
    expect(made.clientId).toBe(known.id);
    const again = { ...form, id: randomUUID(), despite: 'on' };
    await newAction(await argsOf('/office/requests/new', again));
    const other = await db.selectFrom('request').select('clientId').where('id', '=', again.id).executeTakeFirstOrThrow();
    expect(other.clientId).not.toBe(known.id);
  });

  it('a child of a client who was chosen, though there is one of the name, is that client’s', async () => {
    const known = await aClient(db, { email: 'ines@example.test' });
    await aStudent(db, { clientId: known.id, firstName: 'Teo' });
    const form = aForm({ 'client.email': 'ines@example.test', 'student.firstName': 'Teo' });
    const use = `client:${known.id}`;
    const again = await refused(newAction(await argsOf('/office/requests/new', { ...form, use })));
    expect(again.data.duplicates?.people).toMatchObject([{ kind: 'student' }]);
    await newAction(await argsOf('/office/requests/new', { ...form, used: use, despite: 'on' }));
    const made = await db.selectFrom('request').select('clientId').where('id', '=', form.id).executeTakeFirstOrThrow();
    expect(made.clientId).toBe(known.id);
  });

  it('opened from a student’s page has them chosen', async () => {
    const student = await aStudent(db);
    const page = await newPage(await argsOf(`/office/requests/new?student=${student.id}`));
    expect(page.initial).toMatchObject({ who: ['student'], studentId: [student.id] });
  });

  it('saved over somebody else’s change says what is saved now', async () => {
    const request = await aRequest(db, { subjectId: maths.id });
    const path = `/office/requests/${request.id}/edit`;
    const { initial, version } = await editPage(await argsOf(path));
    const values = Object.fromEntries(Object.entries(initial).map(([name, [value = '']]) => [name, value]));
    await editAction(await argsOf(path, { ...values, version: String(version), sessionsPerWeek: '2' }));
    const late = await refused(editAction(await argsOf(path, { ...values, version: String(version), sessionsPerWeek: '3' })));
    expect(late.init.status).toBe(409);
    expect(late.data).toMatchObject({ conflict: { version: 2, by: 'Ada' }, values: { sessionsPerWeek: ['3'] } });
  });
});

describe('the board', () => {
  it('keeps an archived stage while a request stands in it', async () => {
    const old = await db
      .insertInto('requestStage')
      .values({ name: 'Old way', kind: 'working', position: 3, archivedAt: new Date() })
      .returning('id')
      .executeTakeFirstOrThrow();
    const request = await aRequest(db, { subjectId: maths.id, stageId: old.id });
    const columns = async () => {
      const page = await pipeline(await argsOf('/office/requests'));
      return page.view === 'board' ? page.columns : [];
    };
    expect(await columns()).toContainEqual(expect.objectContaining({ id: old.id, archived: true, count: 1 }));
    await pipelineAction(await argsOf('/office/requests', { id: request.id, stage: await stageId('Matching'), from: old.id }));
    expect((await columns()).some((column) => column.id === old.id)).toBe(false);
  });

  it('tells who loses a race what happened, and the page of the request asks for the reason of a loss', async () => {
    const request = await aRequest(db, { subjectId: maths.id });
    const drag = { id: request.id, from: request.stageId };
    await pipelineAction(await argsOf('/office/requests', { ...drag, stage: await stageId('Matching') }));
    const late = await refused(pipelineAction(await argsOf('/office/requests', { ...drag, stage: await stageId('Offered') })));
    expect(late).toMatchObject({ init: { status: 409 }, data: { message: expect.stringContaining('Ada moved it to Matching') } });
    const lost = { intent: 'move', stage: await stageId('Lost') };
    const asked = await refused(requestAction(await argsOf(`/office/requests/${request.id}`, lost)));
    expect(asked.init.status).toBe(400);
    await requestAction(await argsOf(`/office/requests/${request.id}`, { ...lost, reason: 'Moved away' }));
    const page = await requestPage(await argsOf(`/office/requests/${request.id}`));
    expect(page).toMatchObject({ view: { closed: true }, request: { closedReason: 'Moved away' } });
  });
});

describe('the page of tasks', () => {
  it('adds a task from another page and goes back there, never to another site', async () => {
    const student = await aStudent(db);
    const form = { intent: 'add', title: 'Ring back', about: `student:${student.id}` };
    const back = await moved(tasksAction(await argsOf('/office/tasks', { ...form, back: `/office/students/${student.id}` })));
    expect(back.headers.get('location')).toBe(`/office/students/${student.id}`);
    const away = await moved(tasksAction(await argsOf('/office/tasks', { ...form, back: '//evil.test/' })));
    expect(away.headers.get('location')).toBe('/office/tasks');
    const page = await tasksPage(await argsOf('/office/tasks?show=nobodys'));
    expect(page.tasks.map((task) => task.title)).toEqual(['Ring back', 'Ring back']);
  });
});
