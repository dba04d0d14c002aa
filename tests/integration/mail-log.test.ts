import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { blockAddress } from '#app/domain/messages/block-address.server.ts';
import { clearAddress } from '#app/domain/messages/clear-address.server.ts';
import { countMails, getMailEntry, listBlockedAddresses, listMailLog } from '#app/domain/messages/mail-log-queries.server.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { mailIdOf, recordBounce } from '#app/domain/messages/record-bounce.server.ts';
import { resendMail } from '#app/domain/messages/resend-mail.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import { example as idle } from '#emails/engagements-idle/data.ts';
import { messageIdOf } from '#emails/transport.ts';
import { aClient, anOrganisation } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const system = { userId: null, kind: 'system' } as const;
const ctx = testContext(db, { now: '2026-11-20T10:00:00Z' });
let made = 0;

beforeAll(() => anOrganisation(db, { name: 'Harbour Tutoring', timezone: 'Europe/Dublin' }));
beforeEach(async () => {
  await db.deleteFrom('mailBlock').execute();
  await db.deleteFrom('task').execute();
});

async function aMail(address = `mary-${made++}@example.org`, { sent = true } = {}) {
  const { link, engagements } = idle;
  await db.transaction().execute((trx) =>
    queueMail(trx, ctx, {
      template: 'engagements-idle',
      to: { name: 'Mary Whitfield', address },
      data: { link, audience: 'tutor', engagements },
    }),
  );
  const { id } = await db.selectFrom('mailMessage').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
  if (sent) await db.updateTable('mailMessage').set({ status: 'sent', sentAt: ctx.clock() }).where('id', '=', id).execute();
  return { id, address };
}

const stateOf = async (id: string) => (await getMailEntry(db, id)).status;
const tasks = () => db.selectFrom('task').select(['event', 'clientId']).execute();

it('a Message-ID of ours names its mail, and no other does', () => {
  const id = randomUUID();
  expect(mailIdOf(messageIdOf(id, 'lectern.example'))).toBe(id);
  expect(mailIdOf(` mail-${id}@lectern.example `)).toBe(id);
  for (const other of ['', '<abc@host>', `<mail-${id}>`, '<mail-zzzzzzzz@host>']) expect(mailIdOf(other)).toBeNull();
});

it('a mailbox that is not there is blocked, its mail came back, and the office is told once, of whom', async () => {
  const client = await aClient(db, { email: `gone-${made++}@example.org` });
  const { id, address } = await aMail(client.email ?? '');
  const bounce = { mailId: id, address: address.toUpperCase(), kind: 'hard' as const, detail: '550 5.1.1 no such user' };
  expect(await recordBounce(db, ctx, bounce)).toBe(true);
  expect(await recordBounce(db, ctx, bounce)).toBe(true);
  expect(await getMailEntry(db, id)).toMatchObject({
    status: 'bounced',
    error: '550 5.1.1 no such user',
    bouncedAt: ctx.clock(),
    block: { cause: 'hard' },
  });
  expect(await tasks()).toEqual([{ event: 'mail_blocked', clientId: client.id }]);
  const next = await aMail(address, { sent: false });
  await sendMail(ctx, { mailIds: [next.id] });
  expect(await stateOf(next.id)).toBe('withheld');
});

it('a full mailbox blocks nothing, its mail came back all the same', async () => {
  const { id, address } = await aMail();
  await recordBounce(db, ctx, { mailId: id, address, kind: 'soft', detail: '452 mailbox full' });
  expect(await stateOf(id)).toBe('bounced');
  expect(await listBlockedAddresses(db)).toEqual([]);
});

it('a report for an address that we never wrote to, or for a mail to somebody else, blocks nobody', async () => {
  const { id } = await aMail();
  expect(await recordBounce(db, ctx, { mailId: id, address: 'thief@example.org', kind: 'hard', detail: '' })).toBe(false);
  expect(await stateOf(id)).toBe('sent');
  expect(await listBlockedAddresses(db)).toEqual([]);
});

it('whoever tells a mail as spam gets no more, and the mail stays sent', async () => {
  const { id, address } = await aMail();
  await recordBounce(db, ctx, { address, kind: 'complaint', detail: '' });
  expect(await stateOf(id)).toBe('sent');
  expect(await listBlockedAddresses(db)).toMatchObject([{ address, cause: 'complaint' }]);
});

it('an address that is cleared gets mails again', async () => {
  const { address } = await aMail();
  await blockAddress(db, ctx, system, { address, detail: 'asked for it' });
  await clearAddress(db, system, { address: address.toUpperCase() });
  const next = await aMail(address, { sent: false });
  await sendMail(ctx, { mailIds: [next.id] });
  expect(await stateOf(next.id)).toBe('captured');
});

it('a mail is sent again as a row of its own, elsewhere if wanted, and a double click is one', async () => {
  const { id } = await aMail();
  const key = randomUUID();
  const again = await resendMail(db, ctx, system, { mailId: id, address: 'new@example.org', key });
  expect(await resendMail(db, ctx, system, { mailId: id, address: 'new@example.org', key })).toBe(again);
  await sendMail(ctx, { mailIds: [again] });
  const entry = await getMailEntry(db, again);
  expect(entry).toMatchObject({ status: 'captured', resendOf: id, toAddress: 'new@example.org' });
  expect(entry.data).toMatchObject({ recipient: { address: 'new@example.org' } });
  expect((await getMailEntry(db, id)).repeats).toEqual([again]);
});

it('a link that opens an account is not sent again, nor what still waits', async () => {
  const { id } = await aMail();
  await db.updateTable('mailMessage').set({ template: 'reset' }).where('id', '=', id).execute();
  const again = (mailId: string) => resendMail(db, ctx, system, { mailId, address: 'a@example.org', key: randomUUID() });
  await expect(again(id)).rejects.toThrow('was forgotten');
  await expect(again((await aMail(undefined, { sent: false })).id)).rejects.toThrow('still waits');
});

it('the log is read by state, person, kind and day, and page by page', async () => {
  await db.deleteFrom('mailMessage').execute();
  const first = await aMail('ann_b@example.org');
  await db
    .updateTable('mailMessage')
    .set({ createdAt: new Date('2026-11-01T23:30:00Z') })
    .execute();
  const second = await aMail('annxb@example.org', { sent: false });
  const ids = async (filter: Parameters<typeof listMailLog>[1]) => (await listMailLog(db, filter)).map((mail) => mail.id);
  expect(await ids({})).toEqual([second.id, first.id]);
  expect(await ids({ state: 'waiting' })).toEqual([second.id]);
  expect(await ids({ state: 'sent' })).toEqual([first.id]);
  expect(await ids({ person: 'ANN_B' })).toEqual([first.id]);
  expect(await ids({ template: 'invoice' })).toEqual([]);
  expect(await ids({ of: { addresses: ['ANNXB@example.org'], userId: null } })).toEqual([second.id]);
  expect(await ids({ from: '2026-11-01', to: '2026-11-02', zone: 'UTC' })).toEqual([first.id]);
  expect(await ids({ from: '2026-11-02', to: '2026-11-03', zone: 'Europe/Berlin' })).toEqual([first.id]);
  expect(await ids({ limit: 1, beforeId: second.id })).toEqual([first.id]);
  expect(await countMails(db, { now: new Date(), days: 3650 })).toMatchObject({ waiting: 1, sent: 1, bounced: 0 });
});
