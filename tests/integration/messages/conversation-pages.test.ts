import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Role } from '#app/auth/roles.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { loader as familyShell } from '#app/routes/family/route.tsx';
import { loader as familyList } from '#app/routes/family.messages._index/route.tsx';
import { action as familyAct, loader as familyConversation } from '#app/routes/family.messages.$id/route.tsx';
import { loader as newPage, action as sendNew } from '#app/routes/family.messages.new/route.tsx';
import { action as officeAct, loader as officeConversation } from '#app/routes/office.messages.$id/route.tsx';
import { action as tutorAct, loader as tutorConversation } from '#app/routes/tutor.messages.$id/route.tsx';
import { loader as tutorNew } from '#app/routes/tutor.messages.new/route.tsx';
import { aClient, anEngagement, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const someone = (name: string, ...roles: Role[]) => aUser(db, { name, roles });
const [tess, mary, dad, kid, otto] = await Promise.all([
  someone('Tess', 'tutor'),
  someone('Mary', 'client'),
  someone('Dan', 'client'),
  someone('Sam', 'student'),
  someone('Otto', 'scheduler'),
]);
const tutor = await aTutor(db, {
  userId: tess.id,
  firstName: 'Tess',
  lastName: 'Marsh',
  email: 'canary-tutor@example.test',
  phone: 'canary-tutor',
});
const client = await aClient(db, {
  userId: mary.id,
  name: 'Mary Quinn',
  email: 'canary-client@example.test',
  phone: 'canary-client',
});
const guardian = await aClient(db, { userId: dad.id, name: 'Dan Quinn' });
const student = await aStudent(db, { clientId: client.id, userId: kid.id, firstName: 'Sam', lastName: 'Quinn' });
await db.insertInto('studentGuardian').values({ studentId: student.id, clientId: guardian.id }).execute();
await anEngagement(db, {
  tutorId: tutor.id,
  studentId: student.id,
  programId: (await aProgram(db)).id,
  subjectId: (await aSubject(db)).id,
});

async function args(
  user: { id: string },
  { form, id, search = '' }: { form?: Record<string, string>; id?: string; search?: string } = {},
) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test/${search}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: id ? { id } : {} } as never;
}

const to = `${tutor.id}:${student.id}`;
const idOf = (answer: unknown) =>
  /\/messages\/([\da-f-]{36})$/.exec((answer as Response).headers.get('Location') ?? '')?.[1] ?? '';
let id = '';

it('a parent begins, and lands in the same conversation when they begin again', async () => {
  const page = await newPage(await args(mary));
  expect(page.choices).toEqual([{ value: to, label: 'Tess Marsh, about Sam Quinn' }]);
  id = idOf(await sendNew(await args(mary, { form: { key: randomUUID(), to, body: 'Hello Tess' } })));
  expect(id).not.toBe('');
  const again = await tutorNew(await args(tess, { search: `?student=${student.id}` })).catch((answer: unknown) => answer);
  expect(idOf(again)).toBe(id);
});

it('nothing written and nobody chosen is said at the field, and what was typed comes back', async () => {
  const form = { key: randomUUID(), to: `${tutor.id}:${randomUUID()}`, body: 'Kept' };
  expect(await sendNew(await args(mary, { form }))).toMatchObject({
    data: { errors: { to: 'Choose to whom you write' }, values: { body: ['Kept'] } },
  });
  expect(await familyAct(await args(mary, { id, form: { intent: 'write', key: randomUUID(), body: '  ' } }))).toMatchObject({
    data: { errors: { body: 'Write something first' } },
    init: { status: 400 },
  });
});

it('the whole family reads and writes it, each under their own name; the tutor too', async () => {
  ctx.setNow('2026-03-02T09:10:00Z');
  await familyAct(await args(dad, { id, form: { intent: 'write', key: randomUUID(), body: 'Hello from Dan' } }));
  ctx.setNow('2026-03-02T09:11:00Z');
  await familyAct(await args(kid, { id, form: { intent: 'write', key: randomUUID(), body: 'and from Sam' } }));
  const page = await tutorConversation(await args(tess, { id }));
  expect(page.messages.map((message) => message.author)).toEqual(['Mary Quinn', 'Dan Quinn', 'Sam Quinn']);
  expect(page.may).toEqual({ write: true, moderate: false });
});

it('the number in the menu goes away when the page was open, for that reader alone', async () => {
  const waiting = async (user: { id: string }) =>
    (await familyShell(await args(user))).shell.nav[0]?.items.find((item) => item.label === 'Messages')?.waiting?.count;
  ctx.setNow('2026-03-02T09:20:00Z');
  await tutorAct(await args(tess, { id, form: { intent: 'write', key: randomUUID(), body: 'Thank you all' } }));
  expect([await waiting(mary), await waiting(dad)]).toEqual([1, 1]);
  const { newest } = await familyConversation(await args(mary, { id }));
  await familyAct(await args(mary, { id, form: { intent: 'read', until: newest ?? '' } }));
  expect([await waiting(mary), await waiting(dad)]).toEqual([undefined, 1]);
});

it('nobody marks read what is not written yet, nor until a time that is none', async () => {
  await familyAct(await args(dad, { id, form: { intent: 'read', until: '2099-01-01T00:00:00Z' } }));
  expect(await familyAct(await args(dad, { id, form: { intent: 'read', until: '-100000-01-01T00:00:00.000Z' } }))).toBeNull();
  ctx.setNow('2026-03-02T09:30:00Z');
  await tutorAct(await args(tess, { id, form: { intent: 'write', key: randomUUID(), body: 'One more' } }));
  const list = await familyList(await args(dad));
  expect(list.conversations).toMatchObject([{ title: 'Tess Marsh', about: 'Sam Quinn', unread: 1, excerpt: 'One more' }]);
});

it('neither side’s address or number is in what the other’s pages are given', async () => {
  const seen = [
    await familyConversation(await args(mary, { id })),
    await familyList(await args(mary)),
    await newPage(await args(mary)),
  ];
  expect(JSON.stringify(seen)).not.toContain('canary-tutor');
  expect(JSON.stringify(await tutorConversation(await args(tess, { id })))).not.toContain('canary-client');
});

it('the office takes a message out: its text is gone from what tutor and family are given, and nobody else may', async () => {
  ctx.setNow('2026-03-02T09:40:00Z');
  await tutorAct(await args(tess, { id, form: { intent: 'write', key: randomUUID(), body: 'canary-secret' } }));
  const message = (await officeConversation(await args(otto, { id }))).messages.at(-1)?.id ?? '';
  const form = { intent: 'remove', message };
  await expect(tutorAct(await args(tess, { id, form }))).rejects.toMatchObject({ status: 404 });
  await officeAct(await args(otto, { id, form }));
  for (const page of [await familyConversation(await args(mary, { id })), await tutorConversation(await args(tess, { id }))])
    expect(JSON.stringify(page)).not.toContain('canary-secret');
  expect(JSON.stringify(await officeConversation(await args(otto, { id })))).toContain('canary-secret');
});

it('the office closes it: the page says why nothing can be written', async () => {
  await officeAct(await args(otto, { id, form: { intent: 'close' } }));
  expect(await familyConversation(await args(mary, { id }))).toMatchObject({
    may: { write: false },
    whyNot: 'The office has closed this conversation.',
  });
});

it('who teaches and works in the office reads nobody else’s conversation among their own', async () => {
  const both = await someone('Bo', 'tutor', 'admin');
  await aTutor(db, { userId: both.id });
  await expect(tutorConversation(await args(both, { id }))).rejects.toMatchObject({ status: 404 });
});

it('whoever writes faster than people do waits, with the text kept', async () => {
  const write = (user: typeof tess, act: typeof tutorAct, body: string) =>
    args(user, { id, form: { intent: 'write', key: randomUUID(), body } }).then(act);
  const written = () => db.selectFrom('conversationMessage').select('id').where('conversationId', '=', id).execute();
  const before = await written();
  let answer: unknown;
  for (let n = 0; n < 65; n += 1) answer = await write(tess, tutorAct, `Line ${n}`);
  expect(answer).toMatchObject({
    data: { errors: { body: expect.stringContaining('many messages') }, values: { body: ['Line 64'] } },
  });
  const after = await written();
  expect(after.length - before.length).toBeLessThanOrEqual(60);
});
