import { afterAll, beforeEach, expect, it } from 'vitest';
import { listMessages } from '#app/domain/conversations/queries.server.ts';
import { replyAddress } from '#app/domain/conversations/reply-address.server.ts';
import { tellOfMessages } from '#app/domain/conversations/tell-of-messages.server.ts';
import { writeMessage } from '#app/domain/conversations/write-message.server.ts';
import { makeMailHook, removeMailHook } from '#app/domain/messages/mail-hook.server.ts';
import { saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { createApp } from '#app/server/create-app.ts';
import { serve } from '#app/server/serve.ts';
import { aClient, anEngagement, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { pagesThatCount } from '#tests/fakes/pages.tsx';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const DOMAIN = 'reply.harbour.example';
const system = { userId: null, kind: 'system' } as const;
await anOrganisation(db);
await saveMessageRules(db, system, { reply_domain: DOMAIN });
const tess = await aUser(db, { roles: ['tutor'] });
const tutor = await aTutor(db, { userId: tess.id, firstName: 'Tess', lastName: 'Marsh', email: 'tess@example.test' });
// Without an account: by mail alone.
const client = await aClient(db, { name: 'Mary Quinn', email: 'mary@example.test' });
const student = await aStudent(db, { clientId: client.id, firstName: 'Sam', lastName: 'Quinn' });
const engagement = await anEngagement(db, {
  ...{ tutorId: tutor.id, studentId: student.id },
  ...{ programId: (await aProgram(db)).id, subjectId: (await aSubject(db)).id },
});
const { conversationId } = await writeMessage(
  db,
  ctx,
  { userId: tess.id, kind: 'user' },
  {
    ...{ tutorId: tutor.id, studentId: student.id, side: 'tutor', body: 'Can Sam come at five?', sourceKey: 'first' },
  },
);
const serving = await serve(createApp({ context: ctx, pages: pagesThatCount({ writes: 0 }) }), { port: 0, host: '127.0.0.1' });
afterAll(() => serving.stop());
let token = await makeMailHook(db, system);
const toMary = replyAddress(ctx.config, DOMAIN, conversationId, { kind: 'client', id: client.id });

let minutes = 0;
beforeEach(() => {
  minutes += 1;
  ctx.setNow(new Date(Date.UTC(2026, 2, 2, 10, minutes)));
});

async function handIn(body: unknown, path = `/hooks/mail/${token}`): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${serving.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://service.example' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return `${answer.status} ${(await answer.text()).trim()}`;
}

const reply = (over: object = {}) => ({
  ...{ type: 'message', id: `<${minutes}@mail.example>`, from: 'Mary Quinn <mary@example.test>', to: [toMary], text: 'Yes!' },
  ...over,
});
const bodies = async () =>
  (await listMessages(db, { id: conversationId }, { limit: 50, removedToo: false })).map((one) => one.body);
const tasks = () =>
  db.selectFrom('task').select(['body', 'studentId']).where('event', '=', 'reply_unassigned').orderBy('createdAt').execute();

it('the mail of a message names an address to answer to, as short as an address may be, and no other of the tutor’s', async () => {
  await tellOfMessages(db, ctx, { conversationId });
  const mail = await db
    .selectFrom('mailMessage')
    .select(['data', 'toAddress'])
    .where('template', '=', 'conversation-message')
    .executeTakeFirstOrThrow();
  expect(mail.toAddress).toBe('mary@example.test');
  expect(mail.data).toMatchObject({ replyTo: toMary });
  expect(toMary.split('@')[0]?.length).toBeLessThanOrEqual(64);
  expect(JSON.stringify(mail.data)).not.toContain('tess@');
});

it('an answer by mail is a message of who was written to, without what it quotes, and handed in twice it is one', async () => {
  const mail = reply({
    text: 'Yes, at five.\n\nOn Mon, 2 Mar 2026 at 10:00, Harbour <reply@x.example> wrote:\n> Can Sam come at five?',
  });
  expect(await handIn(mail)).toBe('200 written');
  expect(await handIn({ ...mail, text: 'Yes, at five.' })).toBe('200 again');
  const [, last] = await listMessages(db, { id: conversationId }, { limit: 5, removedToo: false });
  expect(last).toMatchObject({ author: 'Mary Quinn', side: 'client', body: 'Yes, at five.', via: 'mail' });
  await tellOfMessages(db, ctx, { conversationId });
  const told = await db
    .selectFrom('mailMessage')
    .select('data')
    .where('toAddress', '=', 'tess@example.test')
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(told.data)).not.toContain('mary@');
});

it('written in capitals the address is the same', async () => {
  expect(await handIn(reply({ to: toMary.toUpperCase() }))).toBe('200 written');
});

it('from another address it is a task of the office about the student, once', async () => {
  const before = await bodies();
  const mail = reply({ from: 'stranger@evil.example', text: 'I am Mary' });
  expect(await handIn(mail)).toBe('200 office');
  expect(await handIn(mail)).toBe('200 office');
  expect(await bodies()).toEqual(before);
  expect(await tasks()).toEqual([
    { studentId: student.id, body: 'It came from another address than Mary Quinn’s. From stranger@evil.example: “I am Mary”' },
  ]);
});

it('an address that nobody was given opens no conversation', async () => {
  const forged = toMary.replace(/.{4}@/, 'ffff@');
  expect(await handIn(reply({ to: [forged] }))).toBe('200 office');
  expect((await tasks()).at(-1)?.studentId).toBeNull();
  // The tutor's own address is not the client's to use.
  const toTess = replyAddress(ctx.config, DOMAIN, conversationId, { kind: 'tutor', id: tutor.id });
  expect(await handIn(reply({ to: [toTess] }))).toBe('200 office');
});

it('what programs send by themselves, and what goes elsewhere, is passed over', async () => {
  const before = await bodies();
  expect(await handIn(reply({ automatic: true }))).toBe('200 automatic');
  expect(await handIn(reply({ to: ['info@harbour.example'] }))).toBe('200 not_ours');
  expect(await bodies()).toEqual(before);
});

it('what can’t be kept of a text is left out, so that the mail is not handed in for ever', async () => {
  expect(await handIn(reply({ from: 'mary@example.test', text: 'Yes\0 \ud800 at\u0007 six' }))).toBe('200 written');
  expect((await bodies()).at(-1)).toBe('Yes \ufffd at six');
  const bounce = { type: 'bounce', address: 'no\0body@example.test', detail: 'a\0b' };
  expect(await handIn(bounce)).toBe('200 not_ours');
});

it('what is too much or can’t be read is the sender’s fault, and no fault of ours', async () => {
  expect(await handIn('x'.repeat(20 * 1024 * 1024 + 1))).toMatch(/^413 /);
  expect(await handIn(reply(), '/hooks/mail/%E0%A4')).toMatch(/^400 /);
});

it('two programs that answer each other are stopped, and the office told once', async () => {
  const before = (await bodies()).length;
  const answers: string[] = [];
  for (let n = 0; n < 25; n += 1) answers.push(await handIn(reply({ id: `<loop-${n}@mail.example>`, text: `I am away, ${n}` })));
  expect(answers.at(-1)).toBe('200 office');
  expect((await bodies()).length - before).toBeLessThanOrEqual(20);
  expect((await tasks()).filter(({ body }) => body.includes('a program may be writing them'))).toHaveLength(1);
  await db.deleteFrom('rateLimit').execute();
});

it('an answer after the lessons have ended is not lost: the office gets it', async () => {
  await db.updateTable('engagement').set({ endsOn: '2026-03-01' }).where('id', '=', engagement.id).execute();
  expect(await handIn(reply({ text: 'Thanks for all' }))).toBe('200 office');
  expect((await tasks()).at(-1)?.body).toContain('Thanks for all');
});

it('a bounce that is handed in is noted at its mail', async () => {
  const { id } = await db
    .selectFrom('mailMessage')
    .select('id')
    .where('toAddress', '=', 'mary@example.test')
    .executeTakeFirstOrThrow();
  await db.updateTable('mailMessage').set({ status: 'sent' }).where('id', '=', id).execute();
  const bounce = { type: 'bounce', mail: `<mail-${id}@lectern.test>`, address: 'mary@example.test', detail: '550 no such user' };
  expect(await handIn(bounce)).toBe('200 noted');
  const row = await db.selectFrom('mailMessage').select('status').where('id', '=', id).executeTakeFirstOrThrow();
  expect(row.status).toBe('bounced');
});

it('without the secret nothing comes in; what can’t be read is said; a new secret ends the old one', async () => {
  expect(await handIn(reply(), '/hooks/mail/guessed')).toBe('404 Nothing listens here.');
  expect(await handIn('{"hello"')).toMatch(/^400 /);
  const before = token;
  token = await makeMailHook(db, system);
  expect(await handIn(reply(), `/hooks/mail/${before}`)).toMatch(/^404 /);
  expect(await handIn(reply({ automatic: true }))).toBe('200 automatic');
  await removeMailHook(db, system);
  expect(await handIn(reply())).toMatch(/^404 /);
});
