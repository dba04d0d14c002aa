import { randomUUID } from 'node:crypto';
import { convertIcsCalendar } from 'ts-ics';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#app/auth/roles.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { action as calendars, loader as calendarsPage } from '#app/routes/account.calendars/route.tsx';
import { loader as feedRoute } from '#app/routes/calendar.$token[.]ics/route.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const system = { userId: null, kind: 'system' } as const;

async function someone(name: string, ...roles: Role[]) {
  return aUser(db, { name, roles });
}

await anOrganisation(db);
const maths = await aSubject(db, { name: 'Maths' });
const group = await aProgram(db, { name: 'Group', kind: 'group', capacity: 6 });
const tutorUser = await someone('Tess', 'tutor');
const parentUser = await someone('Paul', 'client');
const officeUser = await someone('Mia', 'scheduler');
const tutor = await aTutor(db, { userId: tutorUser.id, firstName: 'Tess', lastName: 'Marsh', subjectIds: [maths.id] });
const other = await aTutor(db, { firstName: 'Sid', lastName: 'Reed', subjectIds: [maths.id] });
const parent = await aClient(db, { userId: parentUser.id });
const anna = await aStudent(db, { clientId: parent.id, firstName: 'Anna', lastName: 'Parent' });
const stranger = await aStudent(db, { firstName: 'Secret', lastName: 'Stranger' });

async function book(
  wallStart: string,
  over: { tutorId?: string; studentIds?: string[]; title?: string; location?: string; plan?: string; zone?: string } = {},
) {
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: tutor.id,
    studentIds: [anna.id, stranger.id],
    programId: group.id,
    subjectId: maths.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
    ...over,
  });
  return sessionId;
}

async function signedIn(user: { id: string }, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request('http://lectern.test/account/calendars', {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: {} } as never;
}

async function make(user: { id: string }, scope: string, id: string = randomUUID()) {
  const answer = (await calendars(await signedIn(user, { id, scope, name: '' }))) as {
    data: { made?: { address: string }; errors: object };
  };
  const address = answer.data.made?.address ?? expect.unreachable(JSON.stringify(answer.data));
  const [, token = ''] = /\/calendar\/([\w-]{43})\.ics$/.exec(address) ?? expect.unreachable(address);
  return { id, token };
}

async function ask(token: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://lectern.test/calendar/${token}.ics`, { headers });
  return feedRoute({ request, context, params: { token } } as never).catch((answer: unknown) => answer as Response);
}

const read = async (token: string) => (await ask(token)).text();
const eventsOf = (text: string) => convertIcsCalendar(undefined, text).events ?? [];
const uidOf = (sessionId: string) => `session-${sessionId}@${new URL(ctx.config.origin).hostname}`;

let tutorFeed: { id: string; token: string };
let familyFeed: { id: string; token: string };
beforeAll(async () => {
  tutorFeed = await make(tutorUser, 'tutor');
  familyFeed = await make(parentUser, 'family');
});

describe('a calendar address', () => {
  it('is kept as a hash alone, and shown once', async () => {
    const rows = await db.selectFrom('calendarFeed').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(tutorFeed.token);
    const page = await calendarsPage(await signedIn(tutorUser));
    expect(JSON.stringify(page)).not.toContain(tutorFeed.token);
    expect(page.feeds.map((feed) => feed.name)).toEqual(['My teaching']);
  });

  it('made by a double click is one, and the address that was shown last holds', async () => {
    const id = randomUUID();
    const first = await make(officeUser, 'office', id);
    const second = await make(officeUser, 'office', id);
    expect((await ask(first.token)).status).toBe(404);
    expect((await ask(second.token)).status).toBe(200);
    expect((await calendarsPage(await signedIn(officeUser))).feeds).toHaveLength(1);
  });

  it('is offered only for what one’s role includes', async () => {
    expect((await calendarsPage(await signedIn(parentUser))).scopes.map((scope) => scope.value)).toEqual(['family']);
    const refused = (await calendars(await signedIn(parentUser, { id: randomUUID(), scope: 'office', name: '' }))) as {
      init: { status: number };
    };
    expect(refused.init.status).toBe(403);
  });

  it('that nobody has, or that was taken back, is 404; another person’s can’t be taken back', async () => {
    expect((await ask('x'.repeat(43))).status).toBe(404);
    const feed = await make(tutorUser, 'tutor');
    const revoke = async (user: { id: string }) =>
      Promise.resolve(calendars(await signedIn(user, { intent: 'revoke', feed: feed.id }))).catch((answer: unknown) => answer);
    await revoke(parentUser);
    expect((await ask(feed.token)).status).toBe(200);
    await revoke(tutorUser);
    expect((await ask(feed.token)).status).toBe(404);
  });

  it('of somebody disabled, or whose role was taken away, is dead until they have it again', async () => {
    const user = await someone('Lea', 'scheduler');
    const { token } = await make(user, 'office');
    await db.updateTable('users').set({ disabledAt: ctx.clock() }).where('id', '=', user.id).execute();
    expect((await ask(token)).status).toBe(404);
    await db.updateTable('users').set({ disabledAt: null }).where('id', '=', user.id).execute();
    await db.updateTable('userRole').set({ role: 'tutor' }).where('userId', '=', user.id).execute();
    expect((await ask(token)).status).toBe(404);
  });
});

describe('a feed', () => {
  it('has what its person may see now: the tutor’s lessons, the family’s own child, and no other name', async () => {
    const mine = await book('2026-03-05T16:00', { plan: 'PRIVATE PLAN' });
    const theirs = await book('2026-03-05T18:00', { tutorId: other.id, studentIds: [stranger.id] });
    const forTutor = await read(tutorFeed.token);
    expect(forTutor).toContain(uidOf(mine));
    expect(forTutor).not.toContain(uidOf(theirs));
    expect(forTutor).not.toContain('PRIVATE PLAN');
    const forFamily = await read(familyFeed.token);
    expect(eventsOf(forFamily).find((event) => event.uid === uidOf(mine))?.summary).toBe('Anna Parent: Maths (Tess Marsh)');
    expect(forFamily).not.toContain('Secret');
    await db.updateTable('session').set({ tutorId: other.id }).where('id', '=', mine).execute();
    expect(await read(tutorFeed.token)).not.toContain(uidOf(mine));
  });

  it('keeps 16:00 at 16:00 over the clock change, with the zone’s rules in the file (Easy!Appointments 1314)', async () => {
    const before = await book('2026-03-26T16:00');
    const after = await book('2026-04-02T16:00');
    const text = await read(tutorFeed.token);
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:Europe/Dublin\r\n');
    expect(text).toContain('DTSTART;TZID=Europe/Dublin:20260326T160000\r\n');
    expect(text).toContain('DTSTART;TZID=Europe/Dublin:20260402T160000\r\n');
    const at = (id: string) =>
      eventsOf(text)
        .find((event) => event.uid === uidOf(id))
        ?.start.date.toISOString();
    expect(at(before)).toBe('2026-03-26T16:00:00.000Z');
    expect(at(after)).toBe('2026-04-02T15:00:00.000Z');
  });

  it('the second reading of an hour that happens twice is written in UTC, which has no doubt', async () => {
    const id = await book('2026-10-25T01:15');
    const stored = await db.selectFrom('session').select('startsAt').where('id', '=', id).executeTakeFirstOrThrow();
    expect(stored.startsAt.toISOString()).toBe('2026-10-25T00:15:00.000Z');
    expect(await read(tutorFeed.token)).toContain('DTEND:20261025T011500Z');
  });

  it('a move keeps the entry and raises its number, as the mails do; a cancellation says so for a while', async () => {
    const id = await book('2026-04-07T10:00');
    const event = async () => eventsOf(await read(tutorFeed.token)).filter((one) => one.uid === uidOf(id));
    const [first] = await event();
    await rescheduleSession(db, ctx, system, { sessionId: id, version: 1, wallStart: '2026-04-07T12:00', durationMinutes: 60 });
    const [moved, ...twice] = await event();
    expect(twice).toEqual([]);
    expect(Number(moved?.sequence)).toBeGreaterThan(Number(first?.sequence));
    expect(moved?.start.date.toISOString()).toBe('2026-04-07T11:00:00.000Z');
    await cancelSession(db, ctx, system, { sessionId: id, by: 'client', reason: 'ill' });
    expect(await event()).toMatchObject([{ status: 'CANCELLED', timeTransparent: 'TRANSPARENT' }]);
    // What was touched last is what the database's clock says, so "long ago" is told to the reader's.
    const later = testContext(db, { now: new Date(Date.now() + 40 * 86_400_000) });
    await db
      .updateTable('session')
      .set({ startsAt: later.clock(), endsAt: new Date(later.clock().getTime() + 3_600_000) })
      .where('id', '=', id)
      .execute();
    const request = new Request('http://lectern.test/');
    const answer = await feedRoute({
      request,
      context: { ...context, clock: later.clock },
      params: { token: tutorFeed.token },
    } as never);
    expect(await answer.text()).not.toContain(uidOf(id));
  });

  it('looks 60 days back and a year ahead, no further', async () => {
    const ids = await Promise.all(
      ['2025-12-20T10:00', '2026-01-20T10:00', '2027-02-20T10:00', '2027-03-20T10:00'].map((wall) => book(wall)),
    );
    const text = await read(tutorFeed.token);
    expect(ids.map((id) => text.includes(uidOf(id)))).toEqual([false, true, true, false]);
  });

  it('no line that somebody typed begins a line of the file, and no line is longer than 75 octets', async () => {
    const id = await book('2026-05-05T10:00', {
      title: 'Évil;\r\nDTSTART:19700101T000000Z\nEND:VEVENT, ü'.repeat(3),
      location: 'A\u2028B\u0000C'.replace('\u0000', '\u0007'),
    });
    const text = await read(tutorFeed.token);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    for (const control of ['\r', '\n', '\u0007']) expect(text.replaceAll('\r\n', '')).not.toContain(control);
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded.match(/^DTSTART:19700101/gm)).toBeNull();
    const events = eventsOf(text);
    expect(events.find((event) => event.uid === uidOf(id))?.summary).toContain('DTSTART:19700101T000000Z');
    expect(events.length).toBe(unfolded.match(/^BEGIN:VEVENT/gm)?.length);
  });

  it('that has not changed is 304 by its tag and by its time, and changed is not', async () => {
    const first = await ask(tutorFeed.token);
    const etag = first.headers.get('ETag') ?? '';
    const modified = first.headers.get('Last-Modified') ?? '';
    expect(first.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
    expect((await ask(tutorFeed.token, { 'If-None-Match': `W/${etag}, "other"` })).status).toBe(304);
    expect((await ask(tutorFeed.token, { 'If-Modified-Since': modified })).status).toBe(304);
    ctx.setNow('2026-03-02T10:00:00Z');
    await book('2026-05-07T10:00');
    expect((await ask(tutorFeed.token, { 'If-None-Match': etag })).status).toBe(200);
    expect((await ask(tutorFeed.token, { 'If-Modified-Since': modified })).status).toBe(200);
    // The tag decides where both are sent.
    expect(
      (await ask(tutorFeed.token, { 'If-None-Match': '"other"', 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' })).status,
    ).toBe(200);
  });
});
