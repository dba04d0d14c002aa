import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { closeConversation } from '#app/domain/conversations/close-conversation.server.ts';
import { markRead } from '#app/domain/conversations/mark-read.server.ts';
import {
  countUnread,
  getConversation,
  listConversations,
  listMessages,
  listPartners,
} from '#app/domain/conversations/queries.server.ts';
import { removeMessage } from '#app/domain/conversations/remove-message.server.ts';
import { tellOfMessages } from '#app/domain/conversations/tell-of-messages.server.ts';
import { GATHERED_MS, type MessageInput, writeMessage } from '#app/domain/conversations/write-message.server.ts';
import { listMails } from '#app/domain/messages/queries.server.ts';
import { saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { savePreferences } from '#app/domain/messages/save-preferences.server.ts';
import { aClient, anEngagement, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const subject = await aSubject(db);
const program = await aProgram(db);
const system: Actor = { userId: null, kind: 'system' };
const office = await aUser(db, { roles: ['scheduler'], name: 'Otto Office' });

async function aFamily() {
  const tess = await aUser(db, { roles: ['tutor'] });
  const mary = await aUser(db, { roles: ['client'] });
  const tutor = await aTutor(db, { userId: tess.id, firstName: 'Tess', lastName: 'Marsh' });
  const client = await aClient(db, { userId: mary.id, name: 'Mary Quinn' });
  const student = await aStudent(db, { clientId: client.id, firstName: 'Sam', lastName: 'Quinn' });
  return { tess, mary, tutor, client, student, pair: { tutorId: tutor.id, studentId: student.id } };
}

type Family = Awaited<ReturnType<typeof aFamily>>;

const matched = (family: Family, over: object = {}) =>
  anEngagement(db, { ...family.pair, programId: program.id, subjectId: subject.id }, over);

function write(family: Family, by: 'tutor' | 'client' | 'office', body: string, over: Partial<MessageInput> = {}) {
  const userId = { tutor: family.tess.id, client: family.mary.id, office: office.id }[by];
  const clientId = by === 'client' ? family.client.id : null;
  return writeMessage(
    db,
    ctx,
    { userId, kind: 'user' },
    { ...family.pair, side: by, clientId, body, sourceKey: randomUUID(), ...over },
  );
}

const mailsOf = async (address: string | null) =>
  (await listMails(db)).filter((mail) => mail.template === 'conversation-message' && mail.toAddress === address);

let clock = new Date('2026-03-02T09:00:00Z').getTime();
const pass = (ms: number) => {
  clock += ms;
  ctx.setNow(new Date(clock));
};
beforeEach(() => pass(60_000));

describe('who may write', () => {
  it('a tutor and the family of a student matched to them; their words are one conversation', async () => {
    const family = await aFamily();
    await matched(family);
    const first = await write(family, 'tutor', 'Hello');
    const second = await write(family, 'client', 'Hello to you');
    expect(second.conversationId).toBe(first.conversationId);
    const messages = await listMessages(db, { id: first.conversationId }, { limit: 10, removedToo: false });
    expect(messages.map(({ author, body }) => [author, body])).toEqual([
      ['Tess Marsh', 'Hello'],
      ['Mary Quinn', 'Hello to you'],
    ]);
  });

  it('without an engagement or a session nobody does, and no conversation is begun', async () => {
    const family = await aFamily();
    await expect(write(family, 'tutor', 'Hello')).rejects.toMatchObject({ code: 'locked' });
    expect(await db.selectFrom('conversation').select('id').where('tutorId', '=', family.tutor.id).execute()).toEqual([]);
    expect(await listPartners(db, ctx.clock(), { tutorId: family.tutor.id })).toEqual([]);
  });

  it('after the engagement has ended what was written is still read, and nobody goes on but the office', async () => {
    const family = await aFamily();
    const engagement = await matched(family);
    const { conversationId } = await write(family, 'tutor', 'Hello');
    await db.updateTable('engagement').set({ endsOn: '2026-03-01' }).where('id', '=', engagement.id).execute();
    expect(await getConversation(db, ctx.clock(), conversationId)).toMatchObject({ active: false });
    await expect(write(family, 'client', 'One more thing')).rejects.toMatchObject({ code: 'locked' });
    await write(family, 'office', 'A last word from us');
  });

  it('a session in the last thirty days is enough, one before that is not, nor one that was cancelled', async () => {
    const family = await aFamily();
    const at = new Date(clock - 29 * 86_400_000);
    const session = await aSession(family, at);
    expect(await listPartners(db, ctx.clock(), { studentIds: [family.student.id] })).toMatchObject([
      { tutorName: 'Tess Marsh', studentName: 'Sam Quinn', conversationId: null },
    ]);
    await write(family, 'client', 'Thank you for the lesson');
    await db.updateTable('session').set({ status: 'cancelled' }).where('id', '=', session).execute();
    await expect(write(family, 'client', 'Thank you again')).rejects.toMatchObject({ code: 'locked' });
    await db.updateTable('session').set({ status: 'closed_out' }).where('id', '=', session).execute();
    pass(2 * 86_400_000);
    await expect(write(family, 'client', 'Thank you again')).rejects.toMatchObject({ code: 'locked' });
  });

  it('a closed conversation takes no more, from the office neither, until it is opened again', async () => {
    const family = await aFamily();
    await matched(family);
    const { conversationId } = await write(family, 'tutor', 'Hello');
    await closeConversation(db, ctx, system, { id: conversationId, closed: true });
    for (const by of ['tutor', 'client', 'office'] as const)
      await expect(write(family, by, 'More')).rejects.toMatchObject({ code: 'locked' });
    await closeConversation(db, ctx, system, { id: conversationId, closed: false });
    await write(family, 'client', 'More');
  });

  it('where the company has switched messages off nobody writes', async () => {
    const family = await aFamily();
    await matched(family);
    await saveMessageRules(db, system, { conversations: false });
    await expect(write(family, 'tutor', 'Hello')).rejects.toMatchObject({ code: 'forbidden' });
    await saveMessageRules(db, system, { conversations: true });
  });
});

async function aSession(family: Family, startsAt: Date): Promise<string> {
  const policyVersionId = await aPolicyVersion(db);
  const { id } = await db
    .insertInto('session')
    .values({
      ...{ tutorId: family.tutor.id, programId: program.id, subjectId: subject.id, durationMinutes: 60, zone: 'Etc/UTC' },
      ...{ startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000), wallStart: startsAt.toISOString().slice(0, 19) },
      ...{ localDate: startsAt.toISOString().slice(0, 10), mode: 'in_person', status: 'closed_out', policyVersionId },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const billing = await db
    .selectFrom('pluginInstall')
    .select('id')
    .where('pluginId', '=', 'billing-invoicing')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('attendance')
    .values({ sessionId: id, studentId: family.student.id, clientId: family.client.id, billingInstallId: billing.id })
    .execute();
  return id;
}

describe('a message', () => {
  it('sent twice by a double click is there once; the same form with another text is refused', async () => {
    const family = await aFamily();
    await matched(family);
    const sourceKey = randomUUID();
    const both = await Promise.all([1, 2].map(() => write(family, 'tutor', 'Hello', { sourceKey })));
    expect(new Set(both.map((one) => one.messageId)).size).toBe(1);
    await expect(write(family, 'tutor', 'Something else', { sourceKey })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is unread to the other side until it is read, never to who wrote it', async () => {
    const family = await aFamily();
    await matched(family);
    const { conversationId } = await write(family, 'tutor', 'Hello');
    const unreadOfMary = () => countUnread(db, { studentIds: [family.student.id] }, family.mary.id);
    expect(await unreadOfMary()).toBe(1);
    expect(await countUnread(db, { tutorId: family.tutor.id }, family.tess.id)).toBe(0);
    const isRead = async () => (await listMessages(db, { id: conversationId }, { limit: 1, removedToo: false }))[0]?.read;
    expect(await isRead()).toBe(false);
    await markRead(db, { conversationId, userId: office.id, until: ctx.clock() });
    expect(await isRead()).toBe(false);
    await markRead(db, { conversationId, userId: family.mary.id, until: ctx.clock() });
    expect(await unreadOfMary()).toBe(0);
    expect(await isRead()).toBe(true);
  });

  it('taken out by the office is read by it alone, shows in no list and is not mailed', async () => {
    const family = await aFamily();
    await matched(family);
    const { conversationId, messageId } = await write(family, 'tutor', 'My number is canary-phone');
    await removeMessage(db, ctx, { userId: office.id, kind: 'user' }, { conversationId, messageId, removed: true });
    const seenBy = async (removedToo: boolean) =>
      (await listMessages(db, { id: conversationId }, { limit: 9, removedToo }))[0]?.body;
    expect(await seenBy(false)).toBeNull();
    expect(await seenBy(true)).toContain('canary-phone');
    const of = { studentIds: [family.student.id] };
    const lines = await listConversations(db, ctx.clock(), { of, userId: family.mary.id, limit: 5 });
    expect(lines).toMatchObject([{ lastBody: null, unread: 0 }]);
    expect(await listConversations(db, ctx.clock(), { of, userId: family.mary.id, text: 'canary', limit: 5 })).toEqual([]);
    expect(await listConversations(db, ctx.clock(), { of: 'all', userId: office.id, text: 'canary', limit: 5 })).toHaveLength(1);
    await tellOfMessages(db, ctx, { conversationId });
    expect(await mailsOf(family.client.email)).toEqual([]);
  });
});

describe('mails of messages', () => {
  it('several within some minutes are one mail to the other side, and none to who wrote', async () => {
    const family = await aFamily();
    await matched(family);
    const first = await write(family, 'tutor', 'Hello');
    expect(ctx.later.at(-1)).toEqual({
      job: { name: 'conversations.tell', data: { conversationId: first.conversationId } },
      startAfter: new Date(clock + GATHERED_MS),
    });
    pass(60_000);
    await write(family, 'tutor', 'And bring the book');
    await tellOfMessages(db, ctx, { conversationId: first.conversationId });
    await tellOfMessages(db, ctx, { conversationId: first.conversationId });
    const mails = await mailsOf(family.client.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.rendered?.subject).toBe('Tess Marsh wrote about Sam Quinn');
    expect(mails[0]?.rendered?.text).toContain('And bring the book');
    expect(await mailsOf(family.tutor.email)).toEqual([]);
    expect(mails[0]?.rendered?.text).not.toContain(family.tutor.email);
  });

  it('what was read on the page in the meantime is not mailed', async () => {
    const family = await aFamily();
    await matched(family);
    const { conversationId } = await write(family, 'client', 'Hello');
    await markRead(db, { conversationId, userId: family.tess.id, until: ctx.clock() });
    await tellOfMessages(db, ctx, { conversationId });
    expect(await mailsOf(family.tutor.email)).toEqual([]);
  });

  it('who doesn’t want them gets none, and a guardian without mails neither', async () => {
    const family = await aFamily();
    await matched(family);
    const guardian = await aClient(db);
    await db
      .insertInto('studentGuardian')
      .values({ studentId: family.student.id, clientId: guardian.id, getsMails: false })
      .execute();
    const address = family.client.email ?? '';
    await savePreferences(db, system, { address, said: { conversations: { wanted: false } }, via: 'page' });
    const { conversationId } = await write(family, 'tutor', 'Hello');
    await tellOfMessages(db, ctx, { conversationId });
    expect(await mailsOf(address)).toEqual([]);
    expect(await mailsOf(guardian.email)).toEqual([]);
  });

  it('the office’s word goes to both sides, in the company’s name', async () => {
    const family = await aFamily();
    await matched(family);
    const { conversationId } = await write(family, 'office', 'We move to the new rooms');
    await tellOfMessages(db, ctx, { conversationId });
    for (const address of [family.client.email, family.tutor.email])
      expect((await mailsOf(address))[0]?.rendered?.subject).toBe('Harbour Tutoring wrote about Sam Quinn');
  });

  it('any text that a page takes a mail takes', async () => {
    const family = await aFamily();
    await matched(family);
    const { conversationId } = await write(family, 'tutor', 'Bell \u0007, {{company.name}} and <img src=x>\u2028end');
    await tellOfMessages(db, ctx, { conversationId });
    const rendered = (await mailsOf(family.client.email))[0]?.rendered;
    expect(rendered?.text).toContain('{{company.name}} and <img src=x>\nend');
    expect(rendered?.html).not.toContain('<img');
  });
});
