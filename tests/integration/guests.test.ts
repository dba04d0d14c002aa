import { describe, expect, test } from 'vitest';
import { guestToken, guestUrl } from '#app/domain/meetings/guest-link.server.ts';
import { listGuestLinks } from '#app/domain/meetings/guest-link-queries.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { saveMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { sendGuestLink } from '#app/domain/meetings/send-guest-link.server.ts';
import { takeBackGuestLink } from '#app/domain/meetings/take-back-guest-link.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as doorLoader, action as nameAction } from '#app/routes/join.$token/route.tsx';
import { loader as roomLoader } from '#app/routes/join.$token_.room/route.tsx';
import { calendar } from '#emails/session-confirmed/data.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const actor = { userId: null, kind: 'system' } as const;
await anOrganisation(db, { meeting: 'meeting-jitsi' });
const subject = await aSubject(db, { name: 'Algebra' });
const program = await aProgram(db, { capacity: 5 });
await aRate(db);
const tutor = await aTutor(db, { firstName: 'Ana', lastName: 'Núñez', subjectIds: [subject.id] });
const client = await aClient(db, { name: 'The payer' });
const mia = await aStudent(db, { clientId: client.id, firstName: 'Mia', lastName: 'Byrne', email: 'mia@example.test' });
const tom = await aStudent(db, { clientId: client.id, firstName: 'Tom', lastName: 'Byrne' });
const pad = (number: number) => String(number).padStart(2, '0');
let day = 2;

/** A session of Mia and Tom at 15:00 of the next day, its room made; with the way in for Mia. */
async function aSession() {
  day += 1;
  const wallStart = `2026-03-${pad(day)}T15:00`;
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId: tutor.id, studentIds: [mia.id, tom.id], programId: program.id, subjectId: subject.id, wallStart },
    ...{ durationMinutes: 60, mode: 'online', billable: true },
  });
  await provisionMeeting(ctx, { sessionId });
  const places = await db.selectFrom('attendance').selectAll().where('sessionId', '=', sessionId).execute();
  const placeOf = (studentId: string) => {
    const place = places.find((one) => one.studentId === studentId);
    if (!place) throw new Error('no place');
    return { attendanceId: place.id, joinPass: place.joinPass };
  };
  return {
    sessionId,
    at: (time: string) => ctx.setNow(`2026-03-${pad(day)}T${time}Z`),
    mia: placeOf(mia.id),
    tom: placeOf(tom.id),
  };
}

const argsFor = (token: string, over: { path?: string; form?: Record<string, string>; headers?: HeadersInit } = {}) =>
  ({
    request: new Request(`http://lectern.test/join/${token}${over.path ?? ''}`, {
      headers: over.headers ?? {},
      ...(over.form ? { method: 'POST', body: new URLSearchParams(over.form) } : {}),
    }),
    context: { ...ctx, requestId: 't', cspNonce: '', clientIp: '192.0.2.7' },
    params: { token },
  }) as never;
type Answer = { data: { open: boolean; name: string; door: { title: string } } | null; init: { status?: number } | null };
const door = async (token: string, over = {}) => (await doorLoader(argsFor(token, over))) as unknown as Answer;
const thrown = (answer: Promise<unknown>) =>
  answer.then(
    () => new Response('nothing was thrown'),
    (error) => error as Response,
  );
const enter = (token: string, over = {}) => thrown(roomLoader(argsFor(token, { path: '/room?alone=1', ...over })));
const joins = (sessionId: string) => db.selectFrom('meetingJoin').selectAll().where('sessionId', '=', sessionId).execute();

describe('a guest’s link', () => {
  test('opens the room as the student it is bound to, once it is time, and keeps that they came', async () => {
    const session = await aSession();
    const token = guestToken(ctx.config, session.mia);
    session.at('14:49');
    expect(await door(token)).toMatchObject({ data: { open: false, door: { title: 'The room is not open yet' } } });
    session.at('14:55');
    expect(await door(token)).toMatchObject({ data: { open: true, name: 'Mia Byrne' } });
    expect(await joins(session.sessionId)).toEqual([]);
    const answer = await enter(token);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/meet\.jit\.si\/lectern-.*Mia/);
    expect(answer.headers.get('set-cookie')).toContain(`lectern-guest=${token}.`);
    expect(await joins(session.sessionId)).toMatchObject([
      { role: 'guest', userId: null, attendanceId: session.mia.attendanceId, guestName: 'Mia Byrne' },
    ]);
  });

  test('waits for the tutor as a family does', async () => {
    const session = await aSession();
    session.at('15:00');
    const answer = (await roomLoader(argsFor(guestToken(ctx.config, session.mia), { path: '/room' }))) as unknown as {
      data: { title: string; refreshSeconds: number };
    };
    expect(answer.data).toMatchObject({ title: 'Ana Núñez is not there yet', refreshSeconds: 10 });
  });

  test('takes the name the guest types, kept by their browser and for this link alone', async () => {
    const session = await aSession();
    session.at('15:00');
    const token = guestToken(ctx.config, session.mia);
    const answer = (await nameAction(argsFor(token, { form: { name: ' Granny\nMay ' } }))) as unknown as Response;
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(await door(token, { headers: { cookie } })).toMatchObject({ data: { name: 'Granny May' } });
    expect(await door(guestToken(ctx.config, session.tom), { headers: { cookie } })).toMatchObject({
      data: { name: 'Tom Byrne' },
    });
    await enter(token, { headers: { cookie } });
    expect(await joins(session.sessionId)).toMatchObject([{ guestName: 'Granny May' }]);
  });

  test('says nothing of anybody else: not the payer, not the other student, not a place', async () => {
    const session = await aSession();
    session.at('14:00');
    const said = JSON.stringify(await door(guestToken(ctx.config, session.mia)));
    expect(said).toContain('Algebra with Ana Núñez');
    expect(said).not.toMatch(/payer|Tom/);
  });

  test('altered, of another place or of another key opens nothing', async () => {
    const session = await aSession();
    session.at('15:00');
    const token = guestToken(ctx.config, session.mia);
    const other = Buffer.concat([
      Buffer.from(session.tom.attendanceId.replaceAll('-', ''), 'hex'),
      Buffer.from(token, 'base64url').subarray(16),
    ]).toString('base64url');
    const elsewhere = guestToken({ keyRing: [{ id: 'x', key: Buffer.alloc(32, 1) }] }, session.mia);
    for (const wrong of [other, elsewhere, `${token.slice(0, -2)}AA`, `${token}AA`, 'x', ''])
      expect(await door(wrong)).toMatchObject({ data: null, init: { status: 404 } });
  });

  test('taken back no longer opens, another one does, and that of another student stays', async () => {
    const session = await aSession();
    session.at('15:00');
    const token = guestToken(ctx.config, session.mia);
    await takeBackGuestLink(db, actor, { sessionId: session.sessionId, ...session.mia });
    await takeBackGuestLink(db, actor, { sessionId: session.sessionId, ...session.mia });
    expect(await door(token)).toMatchObject({ init: { status: 404 } });
    const { joinPass } = await db
      .selectFrom('attendance')
      .select('joinPass')
      .where('id', '=', session.mia.attendanceId)
      .executeTakeFirstOrThrow();
    expect(joinPass).toBe(session.mia.joinPass + 1);
    expect(await door(guestToken(ctx.config, { ...session.mia, joinPass }))).toMatchObject({ data: { open: true } });
    expect(await door(guestToken(ctx.config, session.tom))).toMatchObject({ data: { open: true } });
  });

  test('ends with the session, with the student’s place, and with the company’s rule', async () => {
    const session = await aSession();
    const token = guestToken(ctx.config, session.mia);
    session.at('16:00');
    expect(await door(token)).toMatchObject({ data: { open: false, door: { title: 'This session is over' } } });
    session.at('15:00');
    await saveMeetingRules(db, actor, { guest_links: false });
    expect(await door(token)).toMatchObject({ init: { status: 404 } });
    await saveMeetingRules(db, actor, { guest_links: true });
    await db.updateTable('attendance').set({ outcome: 'cancelled' }).where('id', '=', session.mia.attendanceId).execute();
    expect(await door(token)).toMatchObject({ data: { open: false, door: { title: 'Your place was cancelled' } } });
    expect(await joins(session.sessionId)).toEqual([]);
  });

  test('is not guessed: whoever tries many is told to wait, and who holds one may look as often as they like', async () => {
    const session = await aSession();
    session.at('15:00');
    const token = guestToken(ctx.config, session.mia);
    for (let look = 0; look < 70; look++) await door(token);
    let refused: unknown;
    for (let guess = 0; guess < 70 && !refused; guess++)
      refused = await door('x').then(
        () => undefined,
        (error) => error,
      );
    expect(refused).toMatchObject({ init: { status: 429 } });
  });
});

describe('the links of a session', () => {
  test('are mailed to the student or whoever pays, once for each click, and say when', async () => {
    ctx.setNow('2026-03-02T09:00:00Z');
    const session = await aSession();
    const send = (place: { attendanceId: string }, formId: string) =>
      sendGuestLink(db, ctx, actor, { sessionId: session.sessionId, attendanceId: place.attendanceId, formId });
    await send(session.mia, 'one');
    await send(session.mia, 'one');
    await send(session.tom, 'one');
    await send(session.mia, 'two');
    const mails = await db
      .selectFrom('mailMessage')
      .select(['toAddress', 'data'])
      .where('sessionId', '=', session.sessionId)
      .where('template', '=', 'guest-link')
      .orderBy('createdAt')
      .execute();
    expect(mails.map((mail) => mail.toAddress)).toEqual(['mia@example.test', client.email, 'mia@example.test']);
    const links = await listGuestLinks(db, ctx.config, session.sessionId);
    expect(links.map((link) => [link.studentName, link.mailedAt !== null])).toEqual([
      ['Mia Byrne', true],
      ['Tom Byrne', true],
    ]);
    expect(mails[0]?.data).toMatchObject({ link: links[0]?.url, student: 'Mia Byrne', openMinutes: 10 });
    await takeBackGuestLink(db, actor, { sessionId: session.sessionId, ...session.mia });
    expect((await listGuestLinks(db, ctx.config, session.sessionId))[0]).toMatchObject({ mailedAt: null });
  });

  test('stand in the mails about a session to whom has no account, others join by our own link, and in calendars too', async () => {
    ctx.setNow('2026-03-02T09:00:00Z');
    const session = await aSession();
    const mails = await db
      .selectFrom('mailMessage')
      .select(['toAddress', 'data'])
      .where('sessionId', '=', session.sessionId)
      .where('template', '=', 'session-confirmed')
      .execute();
    const joins = new Map(mails.map((mail) => [mail.toAddress, (mail.data as { join: string | null }).join]));
    expect(joins.get('mia@example.test')).toBe(guestUrl(ctx.config, session.mia));
    expect(joins.get(tutor.email ?? '')).toBe(`${ctx.config.origin}/sessions/${session.sessionId}/join`);
    const data = mails.find((mail) => mail.toAddress === 'mia@example.test')?.data as Parameters<typeof calendar>[0];
    expect(calendar(data).content.replaceAll('\r\n ', '')).toContain(`LOCATION:${guestUrl(ctx.config, session.mia)}`);
  });

  test('are mailed to nobody once the session is over, or of a student who is not in it', async () => {
    const [session, other] = [await aSession(), await aSession()];
    const of = (attendanceId: string) => ({ sessionId: session.sessionId, attendanceId, formId: 'x' });
    await expect(sendGuestLink(db, ctx, actor, of(other.mia.attendanceId))).rejects.toMatchObject({ code: 'not_found' });
    session.at('16:00');
    await expect(sendGuestLink(db, ctx, actor, of(session.mia.attendanceId))).rejects.toMatchObject({ code: 'conflict' });
  });
});
