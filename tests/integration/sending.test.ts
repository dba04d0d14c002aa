import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import { sweepMails } from '#app/domain/messages/sweep-mails.server.ts';
import type { JobData } from '#app/jobs/job-types.ts';
import { example } from '#emails/engagements-idle/data.ts';
import { anOrganisation } from '#tests/factories/index.ts';
import { type FakeSmtp, fakeSmtp } from '#tests/fakes/smtp-server.ts';
import { type TestContext, testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const system = { userId: null, kind: 'system' } as const;
const START = new Date('2026-11-20T10:00:00Z');
const EXAMPLE = {
  locale: 'en',
  link: 'https://lectern.example/family/credits',
};
let smtp: FakeSmtp;
let made = 0;

beforeAll(async () => {
  await anOrganisation(db, { name: 'Harbour Tutoring', timezone: 'Europe/Dublin' });
});
beforeEach(async () => {
  smtp = await fakeSmtp();
  await db.deleteFrom('mailMessage').execute();
  await db.deleteFrom('mailBlock').execute();
  await sql`UPDATE mail_pace SET taken_to = '2020-01-01'`.execute(db);
  await saveMessageRules(db, system, { quiet: true, quiet_from: 1260, quiet_to: 420, not_sent: [] });
});
afterEach(() => smtp.close());

const context = (now: Date | string, mailPerMinute = 600) =>
  testContext(db, { now, config: { smtpUrl: smtp.url, mailPerMinute } });

const aReset = (address = `reader-${made++}@example.org`): QueuedMail => ({
  template: 'reset',
  to: { name: 'Ann', address },
  data: { link: EXAMPLE.link, expiresAt: '2026-12-20T11:00:00Z' },
});

const aNotice = (zone: string, audience: 'tutor' | 'office' = 'tutor'): QueuedMail => ({
  template: 'engagements-idle',
  to: { name: 'Ann', address: `a-tutor-${String(made++).padStart(4, '0')}@example.org` },
  data: {
    ...EXAMPLE,
    zone,
    audience,
    engagements: example.engagements,
  },
});

const queue = (ctx: TestContext, mails: QueuedMail[]) => db.transaction().execute((trx) => queueMails(trx, ctx, mails));

/** Does what is enqueued as a queue would, each job when its time has come, until nothing is left or the time is over. */
async function work(ctx: TestContext, until: Date): Promise<number> {
  let jobs = 0;
  const times = new Map(ctx.later.map(({ job, startAfter }) => [job, startAfter]));
  const open = ctx.jobs.splice(0).map((job) => ({ job, at: times.get(job) ?? ctx.clock() }));
  for (;;) {
    open.sort((a, b) => a.at.getTime() - b.at.getTime());
    const next = open.shift();
    if (!next) return jobs;
    if (next.at > until) {
      ctx.setNow(until);
      ctx.jobs.push(next.job, ...open.map((one) => one.job));
      return jobs;
    }
    if (next.at > ctx.clock()) ctx.setNow(next.at);
    jobs++;
    await sendMail(ctx, next.job.data as JobData<'mail.send'>);
    const later = new Map(ctx.later.map(({ job, startAfter }) => [job, startAfter]));
    for (const job of ctx.jobs.splice(0)) open.push({ job, at: later.get(job) ?? ctx.clock() });
  }
}

const states = async () =>
  await db.selectFrom('mailMessage').select(['status', 'error', 'notBefore', 'toAddress']).orderBy('toAddress').execute();

it('the mail server is away for an hour: nothing is lost, nothing doubled, and it isn’t asked 100 times', async () => {
  const ctx = context(START);
  const url = smtp.url;
  await smtp.close();
  await queue(
    ctx,
    Array.from({ length: 12 }, () => aReset()),
  );
  const tries = await work(ctx, new Date(START.getTime() + 3_600_000));
  expect(new Set((await states()).map((mail) => mail.status))).toEqual(new Set(['queued']));
  expect(tries).toBeLessThan(15);

  smtp = await fakeSmtp();
  expect(smtp.url).not.toBe(url);
  ctx.config.smtpUrl = smtp.url;
  await work(ctx, new Date(START.getTime() + 3 * 3_600_000));
  expect(new Set((await states()).map((mail) => mail.status))).toEqual(new Set(['sent']));
  expect(smtp.received).toHaveLength(12);
  expect(new Set(smtp.received.map((mail) => mail.to[0])).size).toBe(12);
});

it('what can wait is held back over the quiet hours of its reader, and a new password is not', async () => {
  const ctx = context('2026-11-20T22:30:00Z');
  await queue(ctx, [aNotice('Europe/Dublin'), aNotice('America/New_York'), aReset()]);
  await work(ctx, new Date('2026-11-20T22:31:00Z'));
  expect((await states()).map((mail) => [mail.status, mail.notBefore?.toISOString()])).toEqual([
    ['queued', '2026-11-21T07:00:00.000Z'],
    ['sent', undefined],
    ['sent', undefined],
  ]);
  await work(ctx, new Date('2026-11-21T07:00:00Z'));
  expect(smtp.received).toHaveLength(3);
});

it('what an administrator has switched off for some readers goes to the others', async () => {
  await saveMessageRules(db, system, { not_sent: ['engagements-idle:tutor', 'reset:person'] });
  const ctx = context(START);
  expect(await queue(ctx, [aNotice('UTC', 'tutor'), aNotice('UTC', 'office'), aReset()])).toBe(2);
});

it('to a blocked address nothing is sent, and the log says why', async () => {
  await db.insertInto('mailBlock').values({ address: 'Gone@example.org', cause: 'hard' }).execute();
  const ctx = context(START);
  await queue(ctx, [aReset('gone@Example.org')]);
  await work(ctx, START);
  expect(smtp.received).toEqual([]);
  expect(await states()).toMatchObject([{ status: 'withheld', error: expect.stringContaining('came back') }]);
});

it('what a reader has declined is not sent, what they get says how to decline it', async () => {
  const ctx = context(START);
  const [declined, wanted] = [aNotice('UTC'), aNotice('UTC')];
  await db.insertInto('mailPreference').values({ address: declined.to.address, kind: 'chasing', wanted: false }).execute();
  await queue(ctx, [declined, wanted, aReset()]);
  await work(ctx, START);
  expect((await states()).map((mail) => mail.status)).toEqual(['withheld', 'sent', 'sent']);
  const [notice, reset] = [...smtp.received]
    .sort((a, b) => (a.to[0] ?? '').localeCompare(b.to[0] ?? ''))
    .map((mail) => mail.raw.replaceAll(/\r?\n[ \t]/g, ''));
  expect(notice).toMatch(/^List-Unsubscribe: ?<http:\/\/lectern\.test\/mails\/\S+>/m);
  expect(notice).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(reset).not.toContain('List-Unsubscribe');
});

it('many mails keep to the pace, and one that can’t wait passes them by', async () => {
  const ctx = context(START, 60);
  await queue(
    ctx,
    Array.from({ length: 51 }, () => aNotice('UTC')),
  );
  await work(ctx, START);
  expect(smtp.received).toHaveLength(50);
  await queue(ctx, [aReset('urgent@example.org')]);
  const urgent = ctx.jobs.splice(-1);
  const others = ctx.jobs.splice(0);
  ctx.jobs.push(...urgent);
  await work(ctx, START);
  expect(smtp.received.at(-1)?.to).toEqual(['urgent@example.org']);
  ctx.jobs.push(...others);
  await work(ctx, new Date(START.getTime() + 49_000));
  expect(smtp.received).toHaveLength(51);
  await work(ctx, new Date(START.getTime() + 50_000));
  expect(smtp.received).toHaveLength(52);
});

it('a mail whose job was lost is found and brought back, one that is held back is left alone', async () => {
  const ctx = context('2026-11-20T22:30:00Z');
  await queue(ctx, [aReset('lost@example.org'), aNotice('Europe/Dublin')]);
  await db.updateTable('mailMessage').set({ createdAt: ctx.clock() }).execute();
  ctx.jobs.splice(0);
  expect(await sweepMails(ctx)).toBe(0);
  ctx.setNow('2026-11-20T22:46:00Z');
  expect(await sweepMails(ctx)).toBe(1);
  await work(ctx, ctx.clock());
  expect(smtp.received.map((mail) => mail.to[0])).toEqual(['lost@example.org']);
});

it('a mail that nobody takes for four days is given up, and says so', async () => {
  const ctx = context(START);
  await queue(ctx, [aReset('full@example.org')]);
  await db.updateTable('mailMessage').set({ createdAt: START }).execute();
  await smtp.close();
  await work(ctx, new Date(START.getTime() + 5 * 86_400_000));
  expect(await states()).toMatchObject([{ status: 'failed', error: expect.stringContaining('Given up') }]);
  smtp = await fakeSmtp();
});
