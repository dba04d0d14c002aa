import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { newToken } from '#app/auth/token.server.ts';
import { action, loader } from '#app/routes/book/route.tsx';
import { loader as embedded } from '#app/routes/book_.embed/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db, { timezone: 'Europe/Dublin', meeting: 'meeting-jitsi' });
const scheduling = { storefront: { enabled: true, confirm: 'at_once', holdMinutes: 10, embedOrigins: [] } };
await db
  .updateTable('organisation')
  .set({ scheduling: JSON.stringify(scheduling) })
  .execute();
const subject = await aSubject(db, { name: 'Mathematics' });
const program = await aProgram(db, { inStorefront: true });
await aRate(db, { programId: program.id, amountPerHour: 5000n });
const start = '2026-03-02T09:00:00Z';
let clients = 0;

/** A visitor from an address of their own; without any cookie unless they sign in. */
function aVisitor(cookie?: string) {
  const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: `192.0.2.${++clients}` };
  const args = (request: Request) => ({ request, context, params: {}, unstable_pattern: '' }) as never;
  const headers = new Headers(cookie ? { Cookie: cookie } : {});
  return {
    get: (path: string) => outcome(() => loader(args(new Request(`http://localhost${path}`, { headers })))),
    post: (path: string, form: Record<string, string>) =>
      outcome(() =>
        action(args(new Request(`http://localhost${path}`, { method: 'POST', body: new URLSearchParams(form), headers }))),
      ),
  };
}

interface Outcome {
  status: number;
  location: string;
  data: Record<string, unknown>;
}

/** What a loader or an action answers: a page's data, data with a status, or a redirect. */
async function outcome(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    const answer = (await work()) as { type?: string; data?: Record<string, unknown>; init?: { status?: number } | null };
    if (answer.type === 'DataWithResponseInit')
      return { status: answer.init?.status ?? 200, location: '', data: answer.data ?? {} };
    return { status: 200, location: '', data: answer as Record<string, unknown> };
  } catch (error) {
    if (!(error instanceof Response)) throw error;
    return { status: error.status, location: error.headers.get('Location') ?? '', data: {} };
  }
}

const listedTutor = () => aTutor(db, { subjectIds: [subject.id], inStorefront: true });
const pathOf = (over: Record<string, string | undefined>) => {
  const all = { program: program.id, subject: subject.id, tutor: 'any', minutes: '60', ...over };
  return `/book?${new URLSearchParams(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))}`;
};
const who = { name: 'Nora Byrne', email: 'nora@example.org', student: 'Finn Byrne' };

/** A visitor whose time is kept, with what the page put into the form; two seconds later, as people are. */
async function aHeldTime(wallStart: string, tutorId?: string, cookie?: string) {
  const by = tutorId ?? (await listedTutor()).id;
  const visitor = aVisitor(cookie);
  const hold = newToken();
  const path = pathOf({ hold, start: wallStart, by });
  const kept = await visitor.post(path, { intent: 'hold' });
  expect(kept).toMatchObject({ status: 302 });
  ctx.setNow(new Date(ctx.clock().getTime() + 30_000));
  const page = await visitor.get(kept.location);
  const terms = page.data.terms as { seen: string };
  return { visitor, path: kept.location, hold, by, page, form: { intent: 'confirm', hold, price: terms.seen } };
}

beforeEach(() => ctx.setNow(start));

describe('a guest without cookies', () => {
  it('goes through the questions, keeps a time and books it; the page after it is theirs by the token alone', async () => {
    const tutor = await listedTutor();
    const visitor = aVisitor();
    expect((await visitor.get('/book')).data.step).toBe('what');
    expect((await visitor.get(pathOf({ tutor: undefined }))).data.step).toBe('who');
    const withToken = await visitor.get(pathOf({ tutor: tutor.id }));
    expect(withToken.status).toBe(302);
    const when = await visitor.get(withToken.location);
    expect(when.data.step).toBe('when');
    const { days } = when.data.week as { days: { slots: { start: string; tutorId: string }[] }[] };
    const slot = days.flatMap((day) => day.slots)[0];
    const search = new URLSearchParams(withToken.location.split('?')[1]);
    search.set('start', slot?.start ?? '');
    search.set('by', slot?.tutorId ?? '');
    const kept = await visitor.post(`/book?${search}`, { intent: 'hold' });
    const you = await visitor.get(kept.location);
    expect(you.data).toMatchObject({ step: 'you', terms: { price: { kind: 'money', total: 5000n }, firm: true } });
    // The first time there is: the notice it needed was there when it was chosen.
    ctx.setNow('2026-03-02T09:00:30Z');
    const { seen } = you.data.terms as { seen: string };
    const form = { intent: 'confirm', hold: search.get('hold') ?? '', price: seen, ...who };
    const booked = await visitor.post(kept.location, form);
    expect(booked).toMatchObject({ status: 302 });
    expect(booked.location).toContain('booked=');
    const done = await visitor.get(booked.location);
    expect(done.data).toMatchObject({ step: 'done', booked: { kind: 'session', subjectName: 'Mathematics' } });
    expect(JSON.stringify(done.data, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('Byrne');
    // The button was pressed twice, and the page before it is still there.
    expect(await visitor.post(kept.location, form)).toMatchObject({ status: 302, location: booked.location });
    expect(await db.selectFrom('session').select('id').where('tutorId', '=', tutor.id).execute()).toHaveLength(1);
  });

  it('is told at the field what is missing, with all that was typed', async () => {
    const { visitor, path, form } = await aHeldTime('2026-03-10T10:00');
    const answer = await visitor.post(path, { ...form, name: 'Nora Byrne', email: 'nora at home', phone: 'none' });
    expect(answer).toMatchObject({ status: 400, data: { values: { name: 'Nora Byrne', email: 'nora at home' } } });
    expect(Object.keys(answer.data.errors as object).sort()).toEqual(['email', 'phone']);
  });

  it('whose time ran out while typing gets it anew when it is free, and keeps what was typed', async () => {
    const { visitor, path, form, by } = await aHeldTime('2026-03-10T10:00');
    ctx.setNow('2026-03-02T09:20:00Z');
    const again = await visitor.post(path, { ...form, ...who });
    expect(again).toMatchObject({
      status: 409,
      data: { values: { name: 'Nora Byrne' }, notice: expect.stringContaining('again') },
    });
    ctx.setNow('2026-03-02T09:40:00Z');
    const other = await aHeldTime('2026-03-10T10:00', by);
    const lost = await visitor.post(path, { ...form, ...who });
    expect(lost).toMatchObject({
      status: 409,
      data: { values: { name: 'Nora Byrne' }, message: expect.stringContaining('kept') },
    });
    expect((await visitor.get(path)).data.step).toBe('when');
    // Another time is chosen with what was typed going on in the form.
    const next = path.replace('10%3A00', '11%3A30');
    expect(await visitor.post(next, { intent: 'hold', ...who })).toMatchObject({
      status: 200,
      data: { values: { name: 'Nora Byrne' } },
    });
    expect(other.page.data.step).toBe('you');
  });

  it.each([
    ['a start outside hours of booking', { start: '2026-03-02T09:15' }, 409],
    ['a start off the grid', { start: '2026-03-10T10:07' }, 400],
    ['a length that is not offered', { minutes: '61' }, 400],
    ['another subject', { subject: '0198c0de-0000-7000-8000-000000000001' }, 400],
    ['no token', { hold: 'x' }, 400],
  ])('is refused by name with %s', async (_what, change, status) => {
    const tutor = await listedTutor();
    const path = pathOf({ hold: newToken(), start: '2026-03-10T10:00', by: tutor.id, ...change });
    const refused = await aVisitor().post(path, { intent: 'hold' });
    expect(refused.status).toBe(status);
    expect(refused.data.message).toMatch(/\w+ .*[Cc]hoose/);
    expect(await db.selectFrom('hold').select('id').where('tutorId', '=', tutor.id).execute()).toEqual([]);
  });

  it('can’t have a tutor who is not on the page, by naming them in the address', async () => {
    const hidden = await aTutor(db, { subjectIds: [subject.id] });
    const refused = await aVisitor().post(pathOf({ hold: newToken(), start: '2026-03-10T10:00', by: hidden.id }), {
      intent: 'hold',
    });
    expect(refused).toMatchObject({
      status: 400,
      data: { message: 'This tutor can’t be booked here for that. Choose another.' },
    });
  });

  it('can’t choose the price', async () => {
    const { visitor, path, form, by } = await aHeldTime('2026-03-10T10:00');
    const refused = await visitor.post(path, { ...form, ...who, price: 'money 1 0' });
    expect(refused).toMatchObject({ status: 409, data: { notice: expect.stringContaining('price') } });
    expect(await db.selectFrom('session').select('id').where('tutorId', '=', by).execute()).toEqual([]);
  });

  it('who fills what nobody sees, or is faster than hands are, is held up and told how to go on', async () => {
    const { visitor, path, form } = await aHeldTime('2026-03-10T10:00');
    expect(await visitor.post(path, { ...form, ...who, website: 'http://spam.example' })).toMatchObject({ status: 400 });
    ctx.setNow(start);
    expect(await visitor.post(path, { ...form, ...who })).toMatchObject({
      status: 400,
      data: { values: { name: 'Nora Byrne' } },
    });
    ctx.setNow('2026-03-02T09:00:30Z');
    expect(await visitor.post(path, { ...form, ...who, email: 'slow@example.org' })).toMatchObject({ status: 302 });
  });

  it('who sends more than the form takes is refused before it is read', async () => {
    const visitor = aVisitor();
    const huge = { intent: 'confirm', note: 'x'.repeat(30_000) };
    const request = new Request('http://localhost/book', {
      method: 'POST',
      body: new URLSearchParams(huge),
      headers: { 'Content-Length': '31000' },
    });
    const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '192.0.2.1' };
    expect(await outcome(() => action({ request, context, params: {} } as never))).toMatchObject({ status: 413 });
    expect((await visitor.get('/book')).status).toBe(200);
  });

  it('who keeps asking for times is slowed down, and others are not', async () => {
    const tutor = await listedTutor();
    const visitor = aVisitor();
    const hold = newToken();
    const statuses = [];
    for (let i = 0; i < 22; i++) {
      const time = `2026-03-11T${String(9 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`;
      statuses.push((await visitor.post(pathOf({ hold, start: time, by: tutor.id }), { intent: 'hold' })).status);
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(302));
    expect(statuses.slice(20)).toEqual([429, 429]);
    expect(await db.selectFrom('hold').select('id').where('tutorId', '=', tutor.id).execute()).toHaveLength(1);
    await expect(aHeldTime('2026-03-12T10:00', tutor.id)).resolves.toBeDefined();
  });
});

describe('an address that signs in here', () => {
  it('gets the same answer, word for word, as one that nobody knows', async () => {
    const user = await aUser(db, { email: 'canary@example.org', name: 'Canary Family', roles: ['client'] });
    await aClient(db, { userId: user.id, name: 'Canary Family', email: 'canary@example.org' });
    const tell = async (email: string) => {
      const { visitor, path, form } = await aHeldTime('2026-03-10T10:00');
      const booked = await visitor.post(path, { ...form, ...who, email });
      const done = await visitor.get(booked.location);
      const text = JSON.stringify([booked.status, booked.data, done.status, done.data]);
      const ids = /[\w-]{43}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|"tutorName":"[^"]*"/g;
      return { text: text.replaceAll(ids, '·'), location: booked.location.replaceAll(ids, '·') };
    };
    const known = await tell('canary@example.org');
    const fresh = await tell('stranger@example.org');
    expect(known).toEqual(fresh);
    expect(known.text).not.toMatch(/canary/i);
  });
});

describe('a signed-in family', () => {
  it('chooses one of its children, sees its own price, and can’t book for another’s', async () => {
    const user = await aUser(db, { roles: ['client'] });
    const client = await aClient(db, { userId: user.id });
    const child = await aStudent(db, { clientId: client.id, firstName: 'Ida' });
    await aRate(db, { programId: program.id, studentId: child.id, amountPerHour: 4000n });
    const stranger = await aStudent(db);
    const cookie = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.250', userAgent: null })}`;
    const { visitor, path, page, form } = await aHeldTime('2026-03-10T10:00', undefined, cookie);
    expect(page.data.children).toMatchObject([{ id: child.id, price: { kind: 'money', total: 4000n } }]);
    const seen = (page.data.children as { seen: string }[])[0]?.seen ?? '';
    const refused = await visitor.post(path, { ...form, studentId: stranger.id, [`price:${stranger.id}`]: seen });
    expect(refused).toMatchObject({ status: 400, data: { errors: { studentId: expect.any(String) } } });
    const booked = await visitor.post(path, { ...form, studentId: child.id, [`price:${child.id}`]: seen });
    expect(booked.status).toBe(302);
    const places = await db.selectFrom('attendance').select('clientId').where('studentId', '=', child.id).execute();
    expect(places).toEqual([{ clientId: client.id }]);
  });
});

describe('the widget', () => {
  it('stays within its frame: every address it gives is its own', async () => {
    const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '192.0.2.99' };
    const request = new Request(`http://localhost${pathOf({}).replace('/book', '/book/embed')}`);
    const answer = await outcome(() => embedded({ request, context, params: {} } as never));
    expect(answer.location).toMatch(/^\/book\/embed\?/);
  });
});
