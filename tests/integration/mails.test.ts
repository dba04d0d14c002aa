import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { getMail, listMails } from '#app/domain/messages/queries.server.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import type { Job } from '#app/jobs/job-types.ts';
import { recordStatements } from '#tests/bench/recorder.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { aPolicyVersion, aSettledPlace } from '#tests/factories/money.ts';
import { type FakeSmtp, fakeSmtp } from '#tests/fakes/smtp-server.ts';
import { testContext } from '#tests/setup/context.ts';
import { type TestDatabase, testDatabase } from '#tests/setup/database.ts';

let database: TestDatabase;
let smtp: FakeSmtp;

beforeAll(async () => {
  database = await testDatabase();
  await anOrganisation(database.db, { name: 'Harbour Tutoring', email: 'office@harbour.example' });
});
beforeEach(async () => {
  smtp = await fakeSmtp();
});
afterEach(() => smtp.close());

const NOW = new Date('2026-11-20T10:00:00Z');

function context(over: { smtpUrl?: string | undefined } = {}) {
  return testContext(database.db, { now: NOW, config: { smtpUrl: 'smtpUrl' in over ? over.smtpUrl : smtp.url } });
}

const mailIdsOf = (jobs: Job[]) => jobs.flatMap((job) => (job.name === 'mail.send' ? job.data.mailIds : []));

const reset = (address: string, over: { name?: string; dedupeKey?: string } = {}) => ({
  template: 'reset' as const,
  to: { name: over.name ?? 'Łukasz Nowak', address },
  data: { link: 'https://lectern.example/reset/canary-4711', expiresAt: '2026-11-20T11:00:00Z' },
  ...(over.dedupeKey ? { dedupeKey: over.dedupeKey } : {}),
});

async function queued(ctx: ReturnType<typeof context>, address: string, over = {}) {
  await database.db.transaction().execute((trx) => queueMail(trx, ctx, reset(address, over)));
  const mailId = mailIdsOf(ctx.jobs).at(-1) ?? '';
  return { mailId, row: () => getMail(database.db, mailId) };
}

it('sends a mail once: under its own Message-ID, to its reader, in two readings', async () => {
  const ctx = context();
  const { mailId, row } = await queued(ctx, 'lukasz@example.org');
  await sendMail(ctx, { mailIds: [mailId] });
  await sendMail(ctx, { mailIds: [mailId] });
  expect(smtp.received).toHaveLength(1);
  const [mail] = smtp.received;
  expect(mail?.to).toEqual(['lukasz@example.org']);
  expect(mail?.raw).toContain(`Message-ID: <mail-${mailId}@`);
  expect(mail?.raw).toContain('text/plain; charset=utf-8');
  expect(mail?.raw).toContain('text/html; charset=utf-8');
  expect(mail?.raw).toContain('Reply-To: Harbour Tutoring <office@harbour.example>');
  expect(await row()).toMatchObject({ status: 'sent', error: null, attempts: 1 });
});

it('two workers with one mail send it once', async () => {
  const ctx = context();
  const { mailId } = await queued(ctx, 'twice@example.org');
  await Promise.all([1, 2, 3].map(() => sendMail(ctx, { mailIds: [mailId] })));
  expect(smtp.received).toHaveLength(1);
});

it('a mail of a transaction that fails is never written', async () => {
  const ctx = context();
  const work = database.db.transaction().execute(async (trx) => {
    await queueMail(trx, ctx, reset('rolled-back@example.org'));
    throw new Error('the booking failed');
  });
  await expect(work).rejects.toThrow('the booking failed');
  const mails = await listMails(database.db);
  expect(mails.map((mail) => mail.toAddress)).not.toContain('rolled-back@example.org');
});

it('one event told twice is one mail', async () => {
  const ctx = context();
  const key = randomUUID();
  const tell = () =>
    database.db.transaction().execute((trx) => queueMail(trx, ctx, reset('once@example.org', { dedupeKey: key })));
  expect([await tell(), await tell()]).toEqual([true, false]);
  expect(mailIdsOf(ctx.jobs)).toHaveLength(1);
});

it('with the mail server down the mail waits, says why and until when, and goes out then', async () => {
  const ctx = context();
  const { mailId, row } = await queued(ctx, 'later@example.org');
  await smtp.close();
  await sendMail(ctx, { mailIds: [mailId] });
  expect(await row()).toMatchObject({ status: 'queued', attempts: 1 });
  expect((await row()).error).toMatch(/ECONNREFUSED|connect/i);
  const at = new Date(NOW.getTime() + 10_000);
  expect(ctx.later).toEqual([{ job: { name: 'mail.send', data: { mailIds: [mailId] } }, startAfter: at }]);

  smtp = await fakeSmtp();
  ctx.config.smtpUrl = smtp.url;
  await sendMail(ctx, { mailIds: [mailId] });
  expect(smtp.received).toEqual([]);
  ctx.setNow(at);
  await sendMail(ctx, { mailIds: [mailId] });
  expect(await row()).toMatchObject({ status: 'sent', error: null, attempts: 2 });
  expect(smtp.received).toHaveLength(1);
});

it('"try later" from the server is tried later, a refusal of the mailbox never again', async () => {
  const ctx = context();
  const later = await queued(ctx, 'greylisted@example.org');
  smtp.answerNext({ code: 451, message: 'greylisted, try again later' });
  await sendMail(ctx, { mailIds: [later.mailId] });
  expect(await later.row()).toMatchObject({ status: 'queued', error: expect.stringContaining('greylisted') });

  const gone = await queued(ctx, 'nobody@example.org');
  await sendMail(ctx, { mailIds: [gone.mailId] });
  expect(await gone.row()).toMatchObject({ status: 'failed', attempts: 1 });
  await sendMail(ctx, { mailIds: [gone.mailId] });
  expect((await gone.row()).attempts).toBe(1);
});

it('one mailbox that refuses keeps no other mail of the event back', async () => {
  const ctx = context();
  const bad = await queued(ctx, 'nobody@example.org');
  const good = await queued(ctx, 'good@example.org');
  await sendMail(ctx, { mailIds: [bad.mailId, good.mailId] });
  expect(smtp.received.map((mail) => mail.to)).toEqual([['good@example.org']]);
});

it('a server that dies after taking the mail is asked again, under the same Message-ID, and the log says it may be double', async () => {
  const ctx = context();
  const { mailId } = await queued(ctx, 'unsure@example.org');
  smtp.answerNext('taken, then silence');
  await sendMail(ctx, { mailIds: [mailId] });
  expect(await doubtOf(mailId)).toEqual(NOW);
  ctx.setNow(new Date(NOW.getTime() + 10_000));
  await sendMail(ctx, { mailIds: [mailId] });
  const ids = smtp.received.map((mail) => /^Message-ID: (.*)$/m.exec(mail.raw)?.[1]);
  expect(ids).toEqual([ids[0], ids[0]]);
});

it('a mail that never got to its end is not said to be double', async () => {
  const ctx = context();
  const { mailId } = await queued(ctx, 'sure@example.org');
  await smtp.close();
  await sendMail(ctx, { mailIds: [mailId] });
  expect(await doubtOf(mailId)).toBeNull();
  smtp = await fakeSmtp();
});

it('a mail whose process was killed while it sent goes out after all, and the log says it may be double', async () => {
  const ctx = context();
  const { mailId, row } = await queued(ctx, 'killed@example.org');
  await database.db.updateTable('mailMessage').set({ status: 'sending', attempts: 1 }).where('id', '=', mailId).execute();
  await sendMail(ctx, { mailIds: [mailId] });
  expect(smtp.received).toHaveLength(1);
  expect(await row()).toMatchObject({ status: 'sent', attempts: 2 });
  expect(await doubtOf(mailId)).toEqual(NOW);
});

it('telling a whole group costs the booking two statements and one job', async () => {
  const ctx = context();
  const session = await aGroupSession();
  const statements = await recordStatements(() =>
    database.db
      .transaction()
      .execute((trx) => queueSessionMails(trx, ctx, { sessionId: session.id, kind: 'confirmed', cause: null })),
  );
  expect(statements.filter(({ text }) => !/^(begin|commit)/i.test(text))).toHaveLength(2);
  expect(ctx.jobs).toHaveLength(1);
});

it('a name with a line break reaches no header', async () => {
  const ctx = context();
  const { mailId } = await queued(ctx, 'ann@example.org', { name: 'Ann\r\nBcc: thief@example.org' });
  await sendMail(ctx, { mailIds: [mailId] });
  expect(smtp.received[0]?.to).toEqual(['ann@example.org']);
  expect(smtp.received[0]?.raw).not.toMatch(/^Bcc:/im);
});

it('an address that names two people is refused, and its mail says so', async () => {
  const ctx = context();
  const { mailId, row } = await queued(ctx, 'ann@example.org, thief@example.org');
  await sendMail(ctx, { mailIds: [mailId] });
  expect(smtp.received).toEqual([]);
  expect(await row()).toMatchObject({ status: 'failed', error: expect.stringContaining('one mail address') });
});

it('a link that opens an account is forgotten once it is sent, and was in no error', async () => {
  const ctx = context();
  const { mailId } = await queued(ctx, 'secret@example.org');
  await sendMail(ctx, { mailIds: [mailId] });
  expect(decoded(smtp.received[0]?.raw ?? '')).toContain('canary-4711');
  const row = await database.db.selectFrom('mailMessage').selectAll().where('id', '=', mailId).executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain('canary-4711');
});

it('without a mail server, outside production, a mail is kept to be read', async () => {
  const ctx = context({ smtpUrl: undefined });
  const { mailId, row } = await queued(ctx, 'captured@example.org');
  await sendMail(ctx, { mailIds: [mailId] });
  const mail = await row();
  expect(mail.status).toBe('captured');
  expect(mail.rendered?.text).toContain('canary-4711');
});

it('a booking tells the tutor and each family, in their zones, and no family of another', async () => {
  const ctx = context();
  const session = await aGroupSession();
  await database.db
    .transaction()
    .execute((trx) => queueSessionMails(trx, ctx, { sessionId: session.id, kind: 'confirmed', cause: null }));
  await sendMail(ctx, { mailIds: mailIdsOf(ctx.jobs) });
  expect(ctx.jobs).toHaveLength(1);
  const texts = Object.fromEntries(smtp.received.map((mail) => [mail.to[0], decoded(mail.raw)]));
  expect(Object.keys(texts).sort()).toEqual([session.tutorEmail, session.yamada.email, session.nowak.email].sort());
  const tutor = texts[session.tutorEmail] ?? '';
  const yamada = texts[session.yamada.email] ?? '';
  const nowak = texts[session.nowak.email] ?? '';
  expect(tutor).toContain('さくら 小林');
  expect(tutor).toContain('Łucja Nowak');
  expect(yamada).toContain('さくら 小林');
  expect(yamada).not.toContain('Łucja');
  expect(yamada).toContain('(Tokyo time)');
  expect(nowak).toContain('(Warsaw time)');
  expect(nowak).toContain('Łucja Nowak and Piotr Nowak');
  expect(nowak).toContain(`UID:session-${session.id}@`);
  expect(nowak).toContain('METHOD:REQUEST');
  expect(nowak).toContain(`${ctx.config.origin}/family/sessions/${session.id}`);
  expect(tutor).toContain(`${ctx.config.origin}/tutor/sessions/${session.id}`);
});

it('who leaves a group is told it is off, the tutor who remains, and the others nothing', async () => {
  const ctx = context();
  const session = await aGroupSession();
  await database.db
    .updateTable('attendance')
    .set({ outcome: 'cancelled' })
    .where('sessionId', '=', session.id)
    .where('clientId', '=', session.yamada.id)
    .execute();
  await database.db.transaction().execute((trx) =>
    queueSessionMails(trx, ctx, {
      sessionId: session.id,
      kind: 'cancelled',
      cause: 'ill',
      studentIds: [session.sakuraId],
    }),
  );
  await sendMail(ctx, { mailIds: mailIdsOf(ctx.jobs) });
  const texts = Object.fromEntries(smtp.received.map((mail) => [mail.to[0], decoded(mail.raw)]));
  expect(Object.keys(texts).sort()).toEqual([session.tutorEmail, session.yamada.email].sort());
  expect(texts[session.yamada.email]).toContain('METHOD:CANCEL');
  expect(texts[session.tutorEmail]).toContain('METHOD:REQUEST');
  expect(texts[session.tutorEmail]).toContain('Not coming: さくら 小林. ill');
});

it('a session that changes hands is taken out of the calendar of the tutor before', async () => {
  const ctx = context();
  const session = await aGroupSession();
  const former = await aTutor(database.db, { email: `former-${session.id}@example.org` });
  await database.db
    .transaction()
    .execute((trx) =>
      queueSessionMails(trx, ctx, { sessionId: session.id, kind: 'changed', cause: null, formerTutorId: former.id }),
    );
  await sendMail(ctx, { mailIds: mailIdsOf(ctx.jobs) });
  const methods = Object.fromEntries(smtp.received.map((mail) => [mail.to[0], /METHOD:(\w+)/.exec(decoded(mail.raw))?.[1]]));
  expect(methods).toEqual({
    [former.email ?? '']: 'CANCEL',
    [session.tutorEmail]: 'REQUEST',
    [session.yamada.email]: 'REQUEST',
    [session.nowak.email]: 'REQUEST',
  });
});

it('nobody is told of a session that is over', async () => {
  const ctx = context();
  const session = await aGroupSession('2026-11-19T16:00:00Z');
  await database.db
    .transaction()
    .execute((trx) => queueSessionMails(trx, ctx, { sessionId: session.id, kind: 'changed', cause: null }));
  expect(ctx.jobs).toEqual([]);
});

it('an invoice comes as a PDF with its mail, to the address the invoice was issued to', async () => {
  const ctx = context();
  const { db } = database;
  const organisation = await anOrganisation(db, { name: 'Harbour Tutoring' });
  const client = await aClient(db, { name: 'Łucja O’Brien', email: `payer-${randomUUID()}@example.org` });
  const ground = {
    organisation,
    tutorId: (await aTutor(db)).id,
    programId: (await aProgram(db)).id,
    subjectId: (await aSubject(db)).id,
    policyVersionId: await aPolicyVersion(db),
  };
  const student = await aStudent(db, { clientId: client.id });
  await aSettledPlace(db, ground, { clientId: client.id, clientRef: client.ref, studentId: student.id, date: '2026-10-05' });
  const period = { from: '2026-10-01', to: '2026-11-01' };
  const { hash } = await previewInvoiceRun(db, period, NOW);
  const { runId } = await confirmInvoiceRun(db, ctx, { userId: null, kind: 'system' }, { ...period, hash });
  await issueInvoiceRun(db, ctx, { runId });
  await sendMail(ctx, { mailIds: mailIdsOf(ctx.jobs) });
  const [mail] = smtp.received;
  expect(mail?.to).toEqual([client.email]);
  expect(mail?.raw).toMatch(/Content-Type: application\/pdf; name="?INV-\d+\.pdf/);
  const pdf = /filename="?INV-\d+\.pdf"?\r\n(?:[\w-]+: .*\r\n)*\r\n([\w+/=\r\n]+)/.exec(mail?.raw ?? '')?.[1] ?? '';
  expect(Buffer.from(pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  expect(decoded(mail?.raw ?? '')).toContain(`${ctx.config.origin}/family/invoices/`);
});

async function aGroupSession(startsAt = '2026-11-24T16:00:00Z') {
  const { db } = database;
  const key = randomUUID();
  const tutor = await aTutor(db, { email: `tutor-${key}@example.org` });
  const family = async (name: string, timezone: string) => {
    const client = await aClient(db, { name, timezone, email: `${name.toLowerCase()}-${key}@example.org` });
    return { id: client.id, email: client.email ?? '' };
  };
  const yamada = await family('Kobayashi', 'Asia/Tokyo');
  const nowak = await family('Nowak', 'Europe/Warsaw');
  const sakura = await aStudent(db, { clientId: yamada.id, firstName: 'さくら', lastName: '小林' });
  const students = [
    sakura,
    await aStudent(db, { clientId: nowak.id, firstName: 'Łucja', lastName: 'Nowak' }),
    await aStudent(db, { clientId: nowak.id, firstName: 'Piotr', lastName: 'Nowak' }),
  ];
  const policy = await db
    .insertInto('policyVersion')
    .values({ hash: key, rules: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const organisation = await db.selectFrom('organisation').selectAll().executeTakeFirstOrThrow();
  const starts = new Date(startsAt);
  const session = await db
    .insertInto('session')
    .values({
      tutorId: tutor.id,
      programId: (await aProgram(db)).id,
      subjectId: (await aSubject(db)).id,
      startsAt: starts,
      endsAt: new Date(starts.getTime() + 3_600_000),
      durationMinutes: 60,
      wallStart: startsAt.slice(0, 16),
      zone: 'Europe/Dublin',
      localDate: startsAt.slice(0, 10),
      mode: 'online',
      policyVersionId: policy.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('attendance')
    .values(
      students.map((student) => ({
        sessionId: session.id,
        studentId: student.id,
        clientId: student.clientId,
        billingInstallId: organisation.billingInstallId ?? '',
      })),
    )
    .execute();
  return { id: session.id, tutorEmail: tutor.email ?? '', yamada, nowak, sakuraId: sakura.id };
}

async function doubtOf(mailId: string): Promise<Date | null> {
  const row = await database.db.selectFrom('mailMessage').select('doubtfulAt').where('id', '=', mailId).executeTakeFirst();
  return row?.doubtfulAt ?? null;
}

/** All parts of a mail as text, and calendar lines unfolded. */
function decoded(raw: string): string {
  const parts = raw.split(/\r?\n--/).map((part) => {
    const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
    const body = rest.join('\n\n');
    if (/encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
    if (!/encoding: quoted-printable/i.test(head)) return body;
    const bytes = body
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  });
  return parts.join('\n').replaceAll(/\r?\n /g, '');
}

it('writes to each person in their own language: the account’s, else what stands on their record, else the company’s', async () => {
  const ctx = context();
  await aClient(database.db, { email: 'ana@example.org', locale: 'es-MX' });
  await aTutor(database.db, { email: 'layla@example.org', locale: 'ar' });
  const subjects: unknown[] = [];
  for (const address of ['ana@example.org', 'LAYLA@example.org', 'nobody@example.org']) {
    const { row } = await queued(ctx, address);
    subjects.push((await row()).rendered?.subject);
  }
  expect(subjects).toEqual([
    'Elija una nueva contraseña para Harbour Tutoring',
    'اختر كلمة مرور جديدة لـHarbour Tutoring',
    'Choose a new password for Harbour Tutoring',
  ]);
});
