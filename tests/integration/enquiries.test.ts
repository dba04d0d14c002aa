import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { action, loader } from '#app/routes/enquire/route.tsx';
import { action as actEmbedded, loader as embedded } from '#app/routes/enquire_.embed/route.tsx';
import { aClient, anOrganisation, aStudent, aSubject, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './users/browser.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db, { timezone: 'Europe/Dublin' });
await db.updateTable('organisation').set({ email: 'office@harbour.example' }).execute();
const mathematics = await aSubject(db, { name: 'Mathematics' });
const start = '2026-03-02T09:00:00Z';
let visitors = 0;

beforeEach(async () => {
  ctx.setNow(start);
  await db.updateTable('publicForm').set({ enabled: true, fields: '[]' }).where('kind', '=', 'enquiry').execute();
});

interface Page {
  step: string;
  token: string;
  asked: { field: string; required: boolean }[];
}
type Said = {
  errors: Record<string, string>;
  values: Record<string, string[]>;
  message?: string;
  token: string;
  students: number;
};

/** Somebody from an address of their own, who opened the form a minute ago. */
async function aVisitor() {
  const ip = `198.51.100.${++visitors % 250}`;
  const page = (await visit(ctx, loader, { path: '/enquire', ip })).body as Page;
  ctx.setNow(new Date(ctx.clock().getTime() + 60_000));
  const send = (form: Record<string, string | string[]>, path = '/enquire') =>
    visit(ctx, action, { path, ip, form: { token: page.token ?? '', intent: 'send', ...form } });
  return { page, send, ip };
}

const nora = (over: Record<string, string | string[]> = {}) => ({
  name: 'Nora Byrne',
  email: `nora${++visitors}@example.org`,
  'students.0.name': 'Finn Byrne',
  'students.0.subjectId': mathematics.id,
  ...over,
});

const madeOf = (email: string | string[]) =>
  db
    .selectFrom('client')
    .innerJoin('student', 'student.clientId', 'client.id')
    .innerJoin('request', 'request.studentId', 'student.id')
    .select(['client.id', 'client.name', 'client.status', 'client.source', 'student.firstName', 'student.lastName'])
    .select(['request.subjectId', 'request.source as requestSource', 'request.id as requestId', 'request.wishes', 'request.mode'])
    .where('client.email', '=', String(email))
    .select('student.id as studentId')
    .orderBy('request.createdAt')
    .orderBy('student.firstName')
    .execute();
const mailsTo = (address: string | string[]) =>
  db.selectFrom('mailMessage').select(['template', 'data']).where('toAddress', '=', String(address)).execute();

describe('an enquiry', () => {
  it('makes a prospect, the student and a request at the beginning of the pipeline, and tells the family and the office', async () => {
    const { send } = await aVisitor();
    const form = nora({ note: 'He has a test in May', mode: 'online', times: ['1-960-1200', '1-720-960', '3-480-720'] });
    expect(await send(form)).toMatchObject({ status: 302, location: '/enquire?sent' });
    const [made, ...others] = await madeOf(form.email);
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      name: 'Nora Byrne',
      status: 'prospect',
      source: 'enquiry',
      firstName: 'Finn',
      lastName: 'Byrne',
      subjectId: mathematics.id,
      requestSource: 'enquiry',
      wishes: 'He has a test in May',
      mode: 'online',
    });
    const times = await db
      .selectFrom('requestTime')
      .select(['weekday', 'startMinute', 'endMinute'])
      .where('requestId', '=', made?.requestId ?? '')
      .orderBy('weekday')
      .execute();
    expect(times).toEqual([
      { weekday: 1, startMinute: 720, endMinute: 1200 },
      { weekday: 3, startMinute: 480, endMinute: 720 },
    ]);
    expect((await mailsTo(form.email)).map((mail) => mail.template)).toEqual(['form-received']);
    const toOffice = (await mailsTo('office@harbour.example')).filter((mail) =>
      JSON.stringify(mail.data).includes(made?.requestId ?? '-'),
    );
    expect(toOffice).toHaveLength(1);
    expect(JSON.stringify(toOffice)).toContain('He has a test in May');
    const tasks = await db
      .selectFrom('task')
      .select('event')
      .where('requestId', '=', made?.requestId ?? '')
      .execute();
    expect(tasks).toEqual([{ event: 'enquiry_received' }]);
  });

  it('for two children makes one family with a request each', async () => {
    const { send } = await aVisitor();
    const form = nora({ 'students.1.name': 'Ada Byrne', 'students.1.subjectId': '' });
    expect(await send(form)).toMatchObject({ status: 302 });
    const made = await madeOf(form.email);
    expect(made.map((row) => row.firstName).sort()).toEqual(['Ada', 'Finn']);
    expect(new Set(made.map((row) => row.id)).size).toBe(1);
  });

  it('for whoever asks makes them the student', async () => {
    const { send } = await aVisitor();
    const form = nora({ 'students.0.name': '' });
    expect(await send(form)).toMatchObject({ status: 302 });
    expect(await madeOf(form.email)).toMatchObject([{ firstName: 'Nora', lastName: 'Byrne' }]);
  });

  it('gets its child when another is added or one is taken out, with all that was typed', async () => {
    const { send } = await aVisitor();
    const form = nora({ 'students.1.name': 'Ada', 'students.2.name': 'Joe' });
    const added = (await send({ ...form, intent: 'add' })).body as Said;
    expect(added).toMatchObject({ students: 4, errors: {}, values: { 'students.2.name': ['Joe'] } });
    const removed = (await send({ ...form, intent: 'remove:1' })).body as Said;
    expect(removed).toMatchObject({ students: 2, values: { 'students.0.name': ['Finn Byrne'], 'students.1.name': ['Joe'] } });
    expect(await madeOf(form.email)).toEqual([]);
  });
});

describe('sent twice', () => {
  it('by a double click, a reload or going back, it is one enquiry and one mail', async () => {
    const { send } = await aVisitor();
    const form = nora();
    const [one, other] = await Promise.all([send(form), send(form)]);
    expect([one?.status, other?.status]).toEqual([302, 302]);
    expect(await send(form)).toMatchObject({ status: 302, location: '/enquire?sent' });
    expect(await madeOf(form.email)).toHaveLength(1);
    expect(await mailsTo(form.email)).toHaveLength(1);
  });

  it('with another child typed over the first after going back, it is another enquiry', async () => {
    const { send } = await aVisitor();
    const form = nora();
    await send(form);
    expect(await send({ ...form, 'students.0.name': 'Ada Byrne' })).toMatchObject({ status: 302 });
    expect((await madeOf(form.email)).map((row) => row.firstName).sort()).toEqual(['Ada', 'Finn']);
  });
});

describe('somebody who is known here already', () => {
  it.each(['client', 'tutor', 'owner'] as const)('is answered as everybody else (%s), and told only by mail', async (role) => {
    const { send } = await aVisitor();
    const user = await aUser(db, { roles: [role] });
    if (role === 'client') await aClient(db, { userId: user.id, email: user.email });
    const before = await madeOf(user.email);
    const answer = await send(nora({ email: user.email }));
    const stranger = await (await aVisitor()).send(nora());
    expect({ ...answer, headers: null }).toEqual({ ...stranger, headers: null });
    // Nothing of theirs is touched: the records are new ones.
    expect(await madeOf(user.email)).toHaveLength(before.length + 1);
    const [mail] = await mailsTo(user.email);
    expect(mail?.data).toMatchObject({ known: true });
  });

  it('is pointed out to the office', async () => {
    const client = await aClient(db, { email: `known${visitors}@example.org` });
    const { send } = await aVisitor();
    await send(nora({ email: client.email ?? '' }));
    const mails = await mailsTo('office@harbour.example');
    expect(mails.filter((mail) => (mail.data as { likelyKnown: boolean }).likelyKnown)).not.toEqual([]);
  });
});

describe('a family that is signed in', () => {
  it('asks on its own record, for the child it has and for a new one', async () => {
    const user = await aUser(db, { roles: ['client'] });
    const client = await aClient(db, { userId: user.id, email: user.email });
    const finn = await aStudent(db, { clientId: client.id, firstName: 'Finn', lastName: 'Ó Briain' });
    const cookie = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.1', userAgent: null })}`;
    const page = (await visit(ctx, loader, { path: '/enquire', cookie })).body as Page & { signedIn: unknown };
    expect(page.signedIn).toEqual({ name: user.name, email: user.email });
    ctx.setNow('2026-03-02T09:01:00Z');
    const form = nora({ email: user.email, 'students.0.name': 'finn o briain', 'students.1.name': 'Ada', token: page.token });
    expect(await visit(ctx, action, { path: '/enquire', cookie, ip: '192.0.2.77', form })).toMatchObject({ status: 302 });
    const made = await madeOf(user.email);
    expect(made.map((row) => [row.id, row.firstName, row.requestSource])).toEqual([
      [client.id, 'Ada', 'family'],
      [client.id, 'Finn', 'family'],
    ]);
    expect(await db.selectFrom('student').select('id').where('clientId', '=', client.id).execute()).toHaveLength(2);
    expect(made.map((row) => row.studentId)).toContain(finn.id);
  });
});

describe('machines', () => {
  it('that fill in what nobody sees, or are faster than anybody, are held up and told how to go on', async () => {
    const { send, page, ip } = await aVisitor();
    const form = nora();
    expect(await send({ ...form, website: 'https://spam.example' })).toMatchObject({ status: 400 });
    ctx.setNow('2026-03-02T09:00:01Z');
    const fast = await visit(ctx, action, { path: '/enquire', ip, form: { ...form, token: page.token } });
    expect(fast).toMatchObject({ status: 400, body: { values: { name: ['Nora Byrne'] }, token: page.token } });
    expect(await madeOf(form.email)).toEqual([]);
    ctx.setNow('2026-03-02T09:00:05Z');
    expect(await visit(ctx, action, { path: '/enquire', ip, form: { ...form, token: page.token } })).toMatchObject({
      status: 302,
    });
  });

  it.each(['', 'made.up.token', 'mm8v8g00.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'can’t make up when the form was shown (%j)',
    async (token) => {
      const { send } = await aVisitor();
      const form = nora({ token });
      expect(await send(form)).toMatchObject({ status: 400, body: { values: { name: ['Nora Byrne'] } } });
      expect(await madeOf(form.email)).toEqual([]);
    },
  );

  it('of one address send twenty an hour at most', async () => {
    const { send } = await aVisitor();
    const statuses: number[] = [];
    for (let n = 0; n < 100; n++) statuses.push((await send(nora({ note: `Number ${n}` }))).status);
    expect(statuses.filter((status) => status === 302)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  }, 120_000);

  it('that send more than a form can weigh are refused before it is read', async () => {
    const { send } = await aVisitor();
    const answer = await visit(ctx, action, {
      path: '/enquire',
      form: { ...nora(), note: 'x'.repeat(200_000) },
      ip: '192.0.2.3',
    });
    expect([200, 302]).not.toContain(answer.status);
    expect(send).toBeDefined();
  });
});

describe('a form', () => {
  it('says at the field what is wrong, and keeps all that was typed', async () => {
    const { send } = await aVisitor();
    const answer = await send({
      name: ' ',
      email: 'nora at home',
      'students.0.name': 'Finn',
      note: 'n'.repeat(2001),
      phone: 'none',
    });
    expect(answer).toMatchObject({ status: 400, body: { values: { email: ['nora at home'], 'students.0.name': ['Finn'] } } });
    expect(Object.keys((answer.body as Said).errors).sort()).toEqual(['email', 'name', 'note', 'phone']);
  });

  it('takes names from right to left and of one word, and refuses links for names', async () => {
    const { send } = await aVisitor();
    const form = nora({ name: 'نورا بيرن', 'students.0.name': 'محمد' });
    expect(await send(form)).toMatchObject({ status: 302 });
    expect(await madeOf(form.email)).toMatchObject([{ name: 'نورا بيرن', firstName: 'محمد', lastName: '' }]);
    expect(await send(nora({ name: 'Win at https://spam.example' }))).toMatchObject({ status: 400 });
  });

  it('asks what the admin chose, requires what they require, and takes nothing else', async () => {
    const fields = [
      { field: 'phone', required: true },
      { field: 'note', required: false },
    ];
    await db
      .updateTable('publicForm')
      .set({ fields: JSON.stringify(fields) })
      .where('kind', '=', 'enquiry')
      .execute();
    const { page, send } = await aVisitor();
    expect(page.asked.map((one) => one.field)).toEqual(['name', 'email', 'phone', 'student', 'subjectId', 'note']);
    const form = nora({ mode: 'online', urgency: 'high' });
    expect(await send(form)).toMatchObject({ status: 400, body: { errors: { phone: 'Enter a phone number' } } });
    expect(await send({ ...form, phone: '01 555 0100' })).toMatchObject({ status: 302 });
    expect(await madeOf(form.email)).toMatchObject([{ mode: null }]);
  });

  it('that is closed takes nothing, also from whoever had it open', async () => {
    const { send } = await aVisitor();
    await db.updateTable('publicForm').set({ enabled: false }).where('kind', '=', 'enquiry').execute();
    const form = nora();
    expect(await send(form)).toMatchObject({ status: 409, body: { values: { name: ['Nora Byrne'] } } });
    expect(await madeOf(form.email)).toEqual([]);
    expect(((await visit(ctx, loader, { path: '/enquire' })).body as Page).step).toBe('closed');
  });

  it('refuses a subject that is not taught', async () => {
    const { send } = await aVisitor();
    const archived = await aSubject(db, { archivedAt: new Date(start) });
    const answer = await send(nora({ 'students.0.subjectId': archived.id }));
    expect(answer).toMatchObject({ status: 400, body: { errors: { 'students.0.subjectId': 'Choose one of these subjects' } } });
  });
});

describe('custom fields of a form', () => {
  const aField = (over: Record<string, unknown>) =>
    db
      .insertInto('customField')
      .values({ key: `f${++visitors}`, label: 'School', type: 'text', entity: 'student', inPublicForm: true, ...over } as never)
      .returning('id')
      .executeTakeFirstOrThrow();

  it('are asked of each student, and kept with the record they are about', async () => {
    const school = await aField({ required: true });
    const heard = await aField({ entity: 'request', label: 'How did you hear of us?' });
    const { send } = await aVisitor();
    const form = nora({ [`custom.${heard.id}`]: 'A friend' });
    const missing = (await send(form)).body as Said;
    expect(missing.errors).toEqual({ [`students.0.custom.${school.id}`]: expect.any(String) });
    expect(await send({ ...form, [`students.0.custom.${school.id}`]: 'St Jude' })).toMatchObject({ status: 302 });
    const [made] = await madeOf(form.email);
    const request = await db
      .selectFrom('request')
      .select('custom')
      .where('id', '=', made?.requestId ?? '')
      .executeTakeFirst();
    expect(request?.custom).toEqual({ [heard.id]: 'A friend' });
    const student = await db
      .selectFrom('student')
      .select('custom')
      .where('clientId', '=', made?.id ?? '')
      .executeTakeFirst();
    expect(student?.custom).toEqual({ [school.id]: 'St Jude' });
    // Archived while somebody has the form open: as if it had never been asked.
    await db
      .updateTable('customField')
      .set({ archivedAt: new Date(start) })
      .execute();
    const later = nora({ [`students.0.custom.${school.id}`]: 'St Jude' });
    expect(await send(later)).toMatchObject({ status: 302 });
    const [again] = await madeOf(later.email);
    const plain = await db
      .selectFrom('student')
      .select('custom')
      .where('clientId', '=', again?.id ?? '')
      .executeTakeFirst();
    expect(plain?.custom).toEqual({});
  });
});

it('within another page, the form stays there after it was sent', async () => {
  const page = (await visit(ctx, embedded, { path: '/enquire/embed' })).body as Page;
  ctx.setNow('2026-03-02T09:01:00Z');
  const answer = await visit(ctx, actEmbedded, {
    path: '/enquire/embed',
    form: { ...nora(), token: page.token },
    ip: '192.0.2.9',
  });
  expect(answer).toMatchObject({ status: 302, location: '/enquire/embed?sent' });
});
