import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import type { ApproveAnswer } from '#app/routes/office.closeouts/approve-list.tsx';
import { action, loader } from '#app/routes/office.closeouts/route.tsx';
import { renderMail } from '#emails/render.ts';
import { anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T08:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
await db
  .updateTable('organisation')
  .set({ policies: JSON.stringify({ completion: 'approval' }) })
  .execute();
await aRate(db, { side: 'charge' });
await aRate(db, { side: 'pay', amountPerHour: 3000n });
const office = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const maths = await aSubject(db, { name: 'Maths' });
const [one, lincoln] = [await aProgram(db, { name: 'One-to-one' }), await aProgram(db, { name: 'Lincoln High' })];
const tess = await aTutor(db, { firstName: 'Tess', lastName: 'Marsh', email: 'tess@example.test', subjectIds: [maths.id] });
const sid = await aTutor(db, { firstName: 'Sid', lastName: 'Reed', subjectIds: [maths.id] });
const anna = await aStudent(db, { firstName: 'Anna', lastName: 'Parent' });
const ben = await aStudent(db, { firstName: 'Ben', lastName: 'Other' });
const system = { userId: null, kind: 'system' } as const;

interface Taught {
  at: string;
  minutes?: number;
  began?: string;
  tutorId?: string;
  studentId?: string;
  programId?: string;
  online?: boolean;
  outcome?: 'attended' | 'no_show';
  privateNote?: string;
}

async function submit(sessionId: string, over: Partial<Taught> & { at: string }) {
  await submitCloseOut(
    db,
    ctx,
    system,
    {
      sessionId,
      actualWallStart: over.began ?? over.at,
      actualMinutes: over.minutes ?? 60,
      notes: 'Fractions',
      privateNote: over.privateNote ?? '',
      homework: '',
      nextTopics: '',
      attendance: [{ studentId: over.studentId ?? anna.id, outcome: over.outcome ?? 'attended' }],
    },
    { office: true },
  );
}

/** Taught and closed out, an hour long unless told. */
async function taught(over: Taught) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: over.tutorId ?? tess.id,
    studentIds: [over.studentId ?? anna.id],
    programId: over.programId ?? one.id,
    subjectId: maths.id,
    wallStart: over.at,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  if (over.online) await db.updateTable('session').set({ mode: 'online', location: '' }).where('id', '=', sessionId).execute();
  ctx.setNow(`${over.at}:00Z`);
  ctx.setNow(new Date(ctx.clock().getTime() + 2 * 3_600_000));
  await submit(sessionId, over);
  return sessionId;
}

async function args(search: string, form?: [string, string][]) {
  const token = await startSession(db, ctx.clock(), office.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test/office/closeouts${search}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: {} } as never;
}

const all = async (search = '') => loader(await args(search));
async function page(search = '') {
  const { approve } = await all(search);
  if (!approve) throw new Error('not the queue');
  return approve;
}
const waiting = async (search = '') => (await page(search)).rows.map((row) => row.id);
const send = async (form: [string, string][], search = '') =>
  (await action(await args(search, form))) as Response & { data: ApproveAnswer; init: { status: number } };
const statusOf = async (sessionId: string) =>
  (await db.selectFrom('closeOut').select('status').where('sessionId', '=', sessionId).executeTakeFirstOrThrow()).status;
const versionOf = async (sessionId: string) =>
  (await db.selectFrom('closeOut').select('version').where('sessionId', '=', sessionId).executeTakeFirstOrThrow()).version;

describe('the queue of close-outs to approve', () => {
  it('puts first what may cost somebody wrongly, then what differs, then what is as planned', async () => {
    const planned = await taught({ at: '2026-03-03T09:00' });
    const late = await taught({ at: '2026-03-03T12:00', began: '2026-03-03T12:10', minutes: 48 });
    const noShow = await taught({ at: '2026-03-04T09:00', outcome: 'no_show' });
    const seen = await taught({ at: '2026-03-04T12:00', outcome: 'no_show', online: true, studentId: ben.id });
    const place = await db.selectFrom('attendance').select('id').where('sessionId', '=', seen).executeTakeFirstOrThrow();
    await db
      .insertInto('meetingPresence')
      .values([
        {
          sessionId: seen,
          source: 'report',
          personKey: 'b',
          name: 'Ben',
          attendanceId: place.id,
          joinedAt: new Date('2026-03-04T12:20:00Z'),
          leftAt: new Date('2026-03-04T12:55:00Z'),
        },
      ])
      .execute();
    const { rows: toApprove, ...counts } = await page();
    expect(toApprove.map((row) => row.id)).toEqual([seen, noShow, late, planned]);
    expect(counts).toMatchObject({ differing: 3, planned: 1 });
    expect(toApprove.map((row) => row.differences.map(({ text }) => text))).toEqual([
      ['Ben Other did not come, it says, but was in the room for 35 min', 'Ben Other: no-show'],
      ['Anna Parent: no-show'],
      ['12 min less: 48 instead of 60', 'Began 10 min late, at 12:10'],
      [],
    ]);
    expect(await waiting('?which=planned')).toEqual([planned]);
    expect(await waiting(`?q=ben&which=differing`)).toEqual([seen]);
  });

  it('is narrowed by tutor and program in its address, and leads back to the same after something is done', async () => {
    const sids = await taught({ at: '2026-03-05T09:00', tutorId: sid.id });
    const school = await taught({ at: '2026-03-05T12:00', programId: lincoln.id });
    expect(await waiting(`?tutor=${sid.id}`)).toEqual([sids]);
    expect(await waiting(`?program=${lincoln.id}`)).toEqual([school]);
    const answer = await send([['approve-one', sids]], `?tutor=${sid.id}`);
    expect(answer.headers.get('location')).toBe(`/office/closeouts?tutor=${sid.id}&approved=1`);
    expect(await waiting(`?tutor=${sid.id}`)).toEqual([]);
  });

  it('approves many at once, and a double click does it once', async () => {
    const ids = [await taught({ at: '2026-03-06T09:00' }), await taught({ at: '2026-03-06T12:00' })];
    const form = ids.map((id): [string, string] => ['session', id]);
    expect((await send(form)).headers.get('location')).toBe('/office/closeouts?approved=2');
    expect((await send(form)).headers.get('location')).toBe('/office/closeouts?approved=2');
    expect(await Promise.all(ids.map(statusOf))).toEqual(['approved', 'approved']);
    const told = await db
      .selectFrom('auditLog')
      .select('id')
      .where('action', '=', 'closeout.approve')
      .where('sessionId', 'in', ids)
      .execute();
    expect(told).toHaveLength(2);
  });

  it('one that its tutor wrote anew meanwhile is not approved unseen; the others are, and it stays ticked', async () => {
    const [fine, changed] = [await taught({ at: '2026-03-09T09:00' }), await taught({ at: '2026-03-09T12:00' })];
    const form: [string, string][] = [];
    for (const id of [fine, changed]) form.push(['session', id], [`version.${id}`, String(await versionOf(id))]);
    await submit(changed, { at: '2026-03-09T12:00', minutes: 90 });
    const { data, init } = await send([...form, [`reason.${changed}`, 'Why so long?']]);
    expect(init.status).toBe(409);
    expect(data.problem.message).toBe('1 close-out is approved. 1 could not be, and says why below.');
    expect(data.errors).toEqual({ [changed]: expect.stringContaining('written anew') });
    expect(data.ticked).toEqual([fine, changed]);
    expect(data.reasons).toEqual({ [changed]: 'Why so long?' });
    expect([await statusOf(fine), await statusOf(changed)]).toEqual(['approved', 'submitted']);
  });

  it('nothing ticked: says so', async () => {
    const { data, init } = await send([]);
    expect([init.status, data.problem.message]).toEqual([400, 'Tick the close-outs to approve first.']);
  });
});

describe('what the office changes in a close-out', () => {
  it('is in the log with who, from what and to what, and of what was written only that it changed', async () => {
    const id = await taught({ at: '2026-03-12T09:00', minutes: 45, privateNote: 'CANARY note' });
    const mia = { userId: office.id, kind: 'user' } as const;
    await submitCloseOut(
      db,
      ctx,
      mia,
      {
        sessionId: id,
        actualWallStart: '2026-03-12T09:00',
        actualMinutes: 60,
        notes: 'CANARY anew',
        privateNote: 'CANARY note',
        homework: '',
        nextTopics: '',
        attendance: [{ studentId: anna.id, outcome: 'no_show' }],
      },
      { office: true },
    );
    const { history } = await all('?show=history&q=anna');
    expect(history?.rows.find((row) => row.href.endsWith(id))).toMatchObject({
      who: 'Mia Fox',
      what: 'Closed out',
      detail: 'taught 45 min → 60 min · progress notes · Anna Parent: attended → no-show',
      people: 'Anna Parent with Tess Marsh',
    });
    expect(JSON.stringify(history)).not.toContain('CANARY');
    expect((await all(`?show=history&tutor=${sid.id}`)).history?.rows.every((row) => row.people.endsWith('Sid Reed'))).toBe(true);
  });
});

describe('what nobody has closed out', () => {
  it('stands by tutor with how long it waits; the office reminds at a click, once', async () => {
    const { sessionId } = await bookSession(db, ctx, system, {
      tutorId: tess.id,
      studentIds: [ben.id],
      programId: one.id,
      subjectId: maths.id,
      wallStart: '2026-03-20T09:00',
      durationMinutes: 60,
      mode: 'in_person',
      location: 'Room 4',
      billable: true,
    });
    ctx.setNow('2026-03-20T12:00:00Z');
    expect((await all('?show=overdue')).overdue?.tutors).toEqual([]);
    expect((await all('?show=overdue&all=1')).overdue?.tutors).toMatchObject([
      {
        name: 'Tess Marsh',
        reminded: 'Not reminded of these yet',
        sessions: [{ id: sessionId, waits: '2 h', students: 'Ben Other' }],
      },
    ]);
    const answer = await send([['remind', tess.id]], '?show=overdue&all=1');
    await send([['remind', tess.id]], '?show=overdue&all=1');
    expect(answer.headers.get('location')).toBe(`/office/closeouts?show=overdue&all=1&reminded=${tess.id}`);
    const { overdue, said, counts } = await all(`?show=overdue&all=1&reminded=${tess.id}`);
    expect(overdue?.tutors[0]?.reminded).toBe('Reminded 20 Mar 2026, 12:00');
    expect([said.reminded, counts.open, counts.overdue]).toEqual(['Tess Marsh', 1, 0]);
    const mails = await db.selectFrom('mailMessage').select('id').where('template', '=', 'close-outs-overdue').execute();
    expect(mails).toHaveLength(1);
    ctx.setNow('2026-03-22T10:00:00Z');
    expect((await all('?show=overdue')).overdue?.tutors).toMatchObject([{ sessions: [{ waits: '2 days' }] }]);
  });
});

describe('sending a close-out back', () => {
  it('tells its tutor by mail why, once, and keeps the session, its notes and its outcome as they are', async () => {
    const id = await taught({ at: '2026-03-10T09:00', minutes: 45 });
    const ticked = await taught({ at: '2026-03-10T12:00' });
    const refused = await send([
      ['send-back', id],
      ['session', ticked],
    ]);
    expect(refused.init.status).toBe(400);
    expect(refused.data).toMatchObject({ ticked: [ticked], errors: { [id]: 'Tell the tutor what to change.' } });
    const answer = await send([
      ['send-back', id],
      [`reason.${id}`, 'Which homework?'],
    ]);
    expect(answer.headers.get('location')).toBe('/office/closeouts?sent-back=1');
    await send([
      ['send-back', id],
      [`reason.${id}`, 'Which homework?'],
    ]);
    const row = await db.selectFrom('closeOut').selectAll().where('sessionId', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ status: 'sent_back', notes: 'Fractions', actualMinutes: 45, sentBackAt: ctx.clock() });
    const session = await db.selectFrom('session').select('status').where('id', '=', id).executeTakeFirstOrThrow();
    expect(session.status).toBe('scheduled');
    const mails = await db
      .selectFrom('mailMessage')
      .selectAll()
      .where('sessionId', '=', id)
      .where('template', '=', 'close-out-sent-back')
      .execute();
    expect(mails.map((mail) => mail.toAddress)).toEqual(['tess@example.test']);
    const mail = renderMail('close-out-sent-back', mails[0]?.data);
    expect(mail.text).toContain('Which homework?');
    expect(mail.text).toContain(`/tutor/sessions/${id}/close-out`);
  });

  it('written anew it waits again, with the reason it was sent back for', async () => {
    const id = await taught({ at: '2026-03-11T09:00' });
    await send([
      ['send-back', id],
      [`reason.${id}`, 'Which pages?'],
    ]);
    await submit(id, { at: '2026-03-11T09:00' });
    const row = (await page()).rows.find((one) => one.id === id);
    expect(row?.differences.map(({ text }) => text)).toEqual(['Written anew after it was sent back: Which pages?']);
  });
});
