import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { decideBookingRequest } from '#app/domain/booking-requests/decide-booking-request.server.ts';
import { chaseIdleEngagements } from '#app/domain/engagements/chase-idle-engagements.server.ts';
import { saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as familyHome } from '#app/routes/family._index/route.tsx';
import { loader as familyBook, action as familyBookAction } from '#app/routes/family.book/route.tsx';
import { loader as familyRequests } from '#app/routes/family.requests._index/route.tsx';
import { loader as familyRequest } from '#app/routes/family.requests.$id/route.tsx';
import { loader as familySessions } from '#app/routes/family.sessions._index/route.tsx';
import { loader as familySession } from '#app/routes/family.sessions.$id/route.tsx';
import { loader as familyCancel, action as familyCancelAction } from '#app/routes/family.sessions.$id_.cancel/route.tsx';
import { loader as familyMove, action as familyMoveAction } from '#app/routes/family.sessions.$id_.move/route.tsx';
import { loader as officeRequests } from '#app/routes/office.booking-requests._index/route.tsx';
import { loader as officeRequest, action as officeRequestAction } from '#app/routes/office.booking-requests.$id/route.tsx';
import { loader as officeEngagements } from '#app/routes/office.engagements._index/route.tsx';
import { loader as tutorHome } from '#app/routes/tutor._index/route.tsx';
import { loader as tutorBook, action as tutorBookAction } from '#app/routes/tutor.book/route.tsx';
import { loader as tutorRequests } from '#app/routes/tutor.requests._index/route.tsx';
import { loader as tutorRequest, action as tutorRequestAction } from '#app/routes/tutor.requests.$id/route.tsx';
import { loader as tutorSession } from '#app/routes/tutor.sessions.$id._index/route.tsx';
import { loader as tutorCancel } from '#app/routes/tutor.sessions.$id.cancel/route.tsx';
import { loader as tutorMove } from '#app/routes/tutor.sessions.$id.move/route.tsx';
import { loader as tutorStudents } from '#app/routes/tutor.students._index/route.tsx';
import {
  aClient,
  anEngagement,
  anOrganisation,
  aPlace,
  aProgram,
  aRate,
  aStudent,
  aSubject,
  aTutor,
  aUser,
} from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db, { meeting: 'meeting-jitsi', email: 'office@harbour.test' });
await db
  .updateTable('organisation')
  .set({ policies: JSON.stringify({ late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '50' } }) })
  .execute();
await aRate(db, { amountPerHour: 4321n });
const maths = await aSubject(db, { name: 'Maths' });
const one = await aProgram(db, { name: 'One-to-one' });

const FAMILY_PHONE = '+353 1 5550199';
const TUTOR_PHONE = '+353 1 5550177';
const [scheduler, tutorUser, clientUser, studentUser] = [
  await aUser(db, { roles: ['scheduler'] }),
  await aUser(db, { roles: ['tutor'], email: 'canary-tutor@example.test' }),
  await aUser(db, { roles: ['client'], email: 'canary-family@example.test' }),
  await aUser(db, { roles: ['student'] }),
];
const tutor = await aTutor(db, {
  userId: tutorUser.id,
  firstName: 'Tess',
  lastName: 'Marsh',
  email: tutorUser.email,
  phone: TUTOR_PHONE,
  subjectIds: [maths.id],
  schedulingOverrides: JSON.stringify({ requestsTo: 'tutor' }),
});
const client = await aClient(db, { userId: clientUser.id, name: 'Paul Parent', email: clientUser.email, phone: FAMILY_PHONE });
const student = await aStudent(db, { clientId: client.id, userId: studentUser.id, firstName: 'Mine', lastName: 'Parent' });
const engagement = await anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: one.id, subjectId: maths.id });

async function argsOf(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const id = path.split(/[/?]/).find((part) => part.length === 36);
  return { request, context, params: { id } } as never;
}

const textOf = (value: unknown) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

interface Refusal {
  data: {
    problem: { message: string; errors: Record<string, string>; clashes: { href: string }[]; code: string };
    values: Record<string, string>;
  };
  init: { status: number };
}

async function aSession(wallStart: string) {
  const { sessionId } = await bookSession(
    db,
    ctx,
    { userId: null, kind: 'system' },
    {
      tutorId: tutor.id,
      studentIds: [student.id],
      programId: one.id,
      subjectId: maths.id,
      wallStart,
      durationMinutes: 60,
      mode: 'in_person',
      location: 'Room 4',
      billable: true,
    },
  );
  return sessionId;
}

const setWho = (whoMaySchedule: string | null) =>
  db.updateTable('engagement').set({ whoMaySchedule }).where('id', '=', engagement.id).execute();

const bookForm = (over: Record<string, string> = {}) => ({
  id: randomUUID(),
  with: engagement.id,
  minutes: '60',
  mode: 'online',
  intent: 'book',
  from: 'choice',
  ...over,
});

const sent = async (answer: Promise<unknown>) => (await answer) as unknown as Refusal & Response;

describe('the family’s page to book', () => {
  it('says the price before, books at once where they may, and a double click books once', async () => {
    await setWho('family');
    const at = '2026-03-10T15:00:00.000Z';
    const page = await familyBook(await argsOf(clientUser, `/family/book?with=${engagement.id}&at=${at}`));
    expect(page.chosen?.way).toEqual({ way: 'at_once' });
    expect(page.chosen?.confirm?.price).toContain('43.21');
    const form = bookForm({ at, fee: page.chosen?.confirm?.fee ?? '' });
    const answers = await Promise.all(
      [1, 2].map(async () => sent(familyBookAction(await argsOf(clientUser, '/family/book', form)))),
    );
    expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
      `/family/sessions/${form.id}?booked`,
      `/family/sessions/${form.id}?booked`,
    ]);
  });

  it('every free time that is listed can be booked', async () => {
    await setWho('family');
    const page = await familyBook(await argsOf(clientUser, `/family/book?with=${engagement.id}&from=2026-03-20&all=1`));
    const times = page.chosen?.times?.days.flatMap((day) => day.times) ?? [];
    expect(times.length).toBeGreaterThan(20);
    const last = times.at(-1)?.at ?? '';
    const answer = await sent(familyBookAction(await argsOf(clientUser, '/family/book', bookForm({ at: last }))));
    expect(answer.status).toBe(302);
  });

  it('asks where they may not, with the reason, and never books through a changed form', async () => {
    await setWho('office');
    const at = '2026-03-11T15:00:00.000Z';
    const page = await familyBook(await argsOf(clientUser, `/family/book?with=${engagement.id}&at=${at}`));
    expect(page.chosen?.way).toEqual({ way: 'ask', why: 'The office plans this engagement.' });
    const forced = await sent(familyBookAction(await argsOf(clientUser, '/family/book', bookForm({ at }))));
    expect(forced.init.status).toBe(403);
    expect(forced.data.problem).toMatchObject({ code: 'forbidden', message: 'The office plans this engagement.' });
    const form = bookForm({ at, intent: 'ask', note: 'Please' });
    const asked = await sent(familyBookAction(await argsOf(clientUser, '/family/book', form)));
    expect(asked.headers.get('location')).toBe(`/family/requests/${form.id}?asked`);
  });

  it('keeps what was typed with the error at the field', async () => {
    await setWho('office');
    const form = bookForm({ intent: 'ask', from: 'typed', date: '2026-03-29', time: '01:15', note: 'Kept' });
    const refused = await sent(familyBookAction(await argsOf(clientUser, '/family/book', form)));
    expect(refused.init.status).toBe(400);
    expect(refused.data.problem.errors.time).toMatch(/does not exist/);
    expect(refused.data.values).toMatchObject({ date: '2026-03-29', time: '01:15', note: 'Kept', intent: 'typed' });
  });

  it('a student sees no money and asks', async () => {
    await setWho('family');
    const page = await familyBook(await argsOf(studentUser, `/family/book?with=${engagement.id}&at=2026-03-12T15:00:00.000Z`));
    expect(page.chosen?.way.way).toBe('ask');
    expect(page.chosen?.confirm).toMatchObject({ price: null, fee: null });
    expect(textOf(page)).not.toContain('43.21');
    expect(textOf(page)).not.toContain('4321');
  });

  it('an engagement of others is not there', async () => {
    const other = await anEngagement(db, {
      tutorId: tutor.id,
      studentId: (await aStudent(db)).id,
      programId: one.id,
      subjectId: maths.id,
    });
    for (const [loader, action, user] of [
      [familyBook, familyBookAction, clientUser],
      [familyBook, familyBookAction, studentUser],
    ] as const) {
      await expect(loader(await argsOf(user, `/family/book?with=${other.id}`))).rejects.toMatchObject({ status: 404 });
      const form = bookForm({ with: other.id, at: '2026-03-12T15:00:00.000Z' });
      await expect(action(await argsOf(user, '/family/book', form))).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe('a form of a family’s page that nobody could have filled in', () => {
  const refusedFor = async (over: Record<string, string>) => {
    await setWho('family');
    const answer = await sent(familyBookAction(await argsOf(clientUser, '/family/book', bookForm(over))));
    expect(answer.init.status).toBe(400);
    return answer.data.problem.errors;
  };

  it.each(['-60', '60.5', 'NaN', '1e9', '99999999999999999999', ''])('%j minutes are refused, and quickly', async (minutes) => {
    for (const intent of ['ask', 'book'])
      expect(await refusedFor({ minutes, intent, at: '2026-03-24T15:00:00.000Z' })).toHaveProperty('durationMinutes');
  });

  it.each(['9999-12-31T10:00:00Z', '+275760-09-13T00:00:00.000Z', '8999-01-01T00:00:00Z'])(
    'a time at %s is too far',
    async (at) => {
      expect(await refusedFor({ at, intent: 'ask' })).toHaveProperty('time');
    },
  );

  it('a note that no mail could carry is refused, and no request is left behind', async () => {
    const form = { id: randomUUID(), intent: 'ask', at: '2026-03-24T15:00:00.000Z' };
    expect(await refusedFor({ ...form, note: '🙂'.repeat(1001) })).toEqual({ note: 'At most 1000 characters' });
    expect(await db.selectFrom('bookingRequest').select('id').where('id', '=', form.id).execute()).toEqual([]);
  });

  it('in person where they have only been taught online is the office’s to arrange', async () => {
    const other = await aStudent(db, { clientId: client.id });
    const pair = { tutorId: tutor.id, studentId: other.id, programId: one.id, subjectId: maths.id };
    const { id } = await anEngagement(db, pair, { whoMaySchedule: 'family' });
    for (const intent of ['ask', 'book'])
      expect(await refusedFor({ with: id, mode: 'in_person', intent, at: '2026-03-24T15:00:00.000Z' })).toHaveProperty('mode');
  });

  it('a place where the tutor is with another family is not named', async () => {
    const home = await aPlace(db, { name: 'CANARY Vale home', latitude: '53.35', longitude: '-6.26' });
    const far = await aPlace(db, { name: 'Far library', latitude: '53.9', longitude: '-6.9' });
    const other = await aStudent(db);
    const inPerson = { tutorId: tutor.id, programId: one.id, subjectId: maths.id, mode: 'in_person', billable: true } as const;
    const book = (studentId: string, wallStart: string, placeId: string) =>
      bookSession(
        db,
        ctx,
        { userId: null, kind: 'system' },
        { ...inPerson, studentIds: [studentId], wallStart, placeId, durationMinutes: 60 },
      );
    await book(student.id, '2026-03-30T10:00', far.id);
    await book(other.id, '2026-03-31T10:00', home.id);
    for (const intent of ['ask', 'book']) {
      await setWho('family');
      const form = bookForm({ mode: 'in_person', intent, at: '2026-03-31T10:15:00.000Z' });
      const answer = await sent(familyBookAction(await argsOf(clientUser, '/family/book', form)));
      expect(answer.init.status).toBe(409);
      expect(answer.data.problem.code).toBe('travel_conflict');
      expect(textOf(answer.data)).not.toContain('CANARY');
    }
  });
});

describe('a session’s page of the family', () => {
  it('another time is asked for with the fee said, offered, and taken', async () => {
    await setWho(null);
    const id = await aSession('2026-03-17T15:00');
    const page = await familyMove(await argsOf(clientUser, `/family/sessions/${id}/move`));
    expect(page.way.way).toBe('ask');
    expect(page.fee).toContain('Another time costs nothing');
    const form = { id: randomUUID(), intent: 'ask', at: '2026-03-18T15:00:00.000Z', from: 'choice', note: '' };
    const asked = await sent(familyMoveAction(await argsOf(clientUser, `/family/sessions/${id}/move`, form)));
    expect(asked.headers.get('location')).toBe(`/family/requests/${form.id}?asked`);

    // The tutor it was routed to offers another time, on their page.
    const decision = await tutorRequest(await argsOf(tutorUser, `/tutor/requests/${form.id}`));
    const [offer] = decision.decision?.offers ?? [];
    const offered = await sent(
      tutorRequestAction(
        await argsOf(tutorUser, `/tutor/requests/${form.id}`, {
          intent: 'propose',
          version: '1',
          offer: offer?.at ?? '',
          note: '',
        }),
      ),
    );
    expect(offered.headers.get('location')).toBe(`/tutor/requests/${form.id}?answered`);
    const shown = await familyRequest(await argsOf(clientUser, `/family/requests/${form.id}`));
    expect(shown.request.state.label).toBe('Choose a time');
    expect(shown.request.proposals).toHaveLength(1);
    expect(shown.mayTake).toBe(true);
  });

  it('cancels with the fee said before; a page that has become old is told', async () => {
    const id = await aSession('2026-03-03T15:00');
    ctx.setNow('2026-03-02T14:00:00Z');
    const before = await familyCancel(await argsOf(clientUser, `/family/sessions/${id}/cancel`));
    expect(before).toMatchObject({ late: false, consequence: { title: 'It costs nothing' } });
    ctx.setNow('2026-03-02T15:30:00Z');
    const old = await sent(
      familyCancelAction(
        await argsOf(clientUser, `/family/sessions/${id}/cancel`, { intent: 'cancel', cost: before.costSaid, reason: 'Ill' }),
      ),
    );
    expect(old.init.status).toBe(409);
    expect(old.data.values.reason).toBe('Ill');
    const late = await familyCancel(await argsOf(clientUser, `/family/sessions/${id}/cancel`));
    expect(textOf(late.consequence)).toContain('21.61');
    const asStudent = await familyCancel(await argsOf(studentUser, `/family/sessions/${id}/cancel`));
    expect(textOf(asStudent)).not.toContain('21.61');
    const done = await sent(
      familyCancelAction(
        await argsOf(clientUser, `/family/sessions/${id}/cancel`, { intent: 'cancel', cost: late.costSaid, reason: 'Ill' }),
      ),
    );
    expect(done.headers.get('location')).toBe(`/family/sessions/${id}?cancelled`);
    ctx.setNow('2026-03-02T09:00:00Z');
  });
});

describe('the office’s inbox', () => {
  it('shows what stands in the way now, accepts with one form, and says why where it can’t', async () => {
    await setWho('office');
    await db.updateTable('tutor').set({ schedulingOverrides: '{}' }).where('id', '=', tutor.id).execute();
    const ask = async (at: string) => {
      const form = bookForm({ at, intent: 'ask' });
      await familyBookAction(await argsOf(clientUser, '/family/book', form));
      return form.id;
    };
    const [free, taken] = [await ask('2026-04-01T14:00:00.000Z'), await ask('2026-04-02T14:00:00.000Z')];
    const blocker = await aSession('2026-04-02T15:00');
    const inbox = await officeRequests(await argsOf(scheduler, '/office/booking-requests'));
    const trouble = new Map(inbox.rows.map((row) => [row.id, row.trouble]));
    expect(trouble.get(free)).toBe(null);
    expect(trouble.get(taken)).toMatch(/something else then/);
    const page = await officeRequest(await argsOf(scheduler, `/office/booking-requests/${taken}`));
    expect(page.decision.problems.some((problem) => problem.severity === 'blocking' && problem.clashes.length > 0)).toBe(true);
    const accept = async (id: string) =>
      sent(officeRequestAction(await argsOf(scheduler, `/office/booking-requests/${id}`, { intent: 'accept', version: '1' })));
    expect((await accept(free)).headers.get('location')).toBe(`/office/booking-requests/${free}?answered`);
    const refused = await accept(taken);
    expect(refused.init.status).toBe(409);
    expect(refused.data.problem.clashes[0]?.href).toBe(`/office/sessions/${blocker}`);
    const declined = await sent(
      officeRequestAction(
        await argsOf(scheduler, `/office/booking-requests/${taken}`, { intent: 'decline', version: '1', reason: '' }),
      ),
    );
    expect(declined.data.problem.errors.reason).toBe('Say why: the family reads it');
  });
});

describe('phone and e-mail of the other side', () => {
  const canaries = { family: [FAMILY_PHONE, clientUser.email], tutor: [TUTOR_PHONE, tutorUser.email] };

  async function crawl() {
    await setWho('any');
    const id = await aSession('2026-04-10T15:00');
    const form = bookForm({ at: '2026-04-14T14:00:00.000Z', intent: 'ask' });
    await familyBookAction(await argsOf(clientUser, '/family/book', form));
    await db.updateTable('bookingRequest').set({ routedTo: 'tutor' }).where('id', '=', form.id).execute();
    const asTutor = [
      await tutorHome(await argsOf(tutorUser, '/tutor')),
      await tutorStudents(await argsOf(tutorUser, '/tutor/students')),
      await tutorBook(await argsOf(tutorUser, `/tutor/book?with=${engagement.id}`)),
      await tutorSession(await argsOf(tutorUser, `/tutor/sessions/${id}`)),
      await tutorMove(await argsOf(tutorUser, `/tutor/sessions/${id}/move`)),
      await tutorCancel(await argsOf(tutorUser, `/tutor/sessions/${id}/cancel`)),
      await tutorRequests(await argsOf(tutorUser, '/tutor/requests')),
      await tutorRequest(await argsOf(tutorUser, `/tutor/requests/${form.id}`)),
    ];
    const asFamily = [
      await familyHome(await argsOf(clientUser, '/family')),
      await familySessions(await argsOf(clientUser, '/family/sessions')),
      await familySession(await argsOf(clientUser, `/family/sessions/${id}`)),
      await familyBook(await argsOf(clientUser, `/family/book?with=${engagement.id}`)),
      await familyMove(await argsOf(clientUser, `/family/sessions/${id}/move`)),
      await familyCancel(await argsOf(clientUser, `/family/sessions/${id}/cancel`)),
      await familyRequests(await argsOf(clientUser, '/family/requests')),
      await familyRequest(await argsOf(clientUser, `/family/requests/${form.id}`)),
    ];
    await decideBookingRequest(
      db,
      ctx,
      { userId: null, kind: 'system' },
      { requestId: form.id, decision: { kind: 'decline', reason: 'No' } },
    );
    ctx.setNow('2026-06-02T09:00:00Z');
    await chaseIdleEngagements(db, ctx);
    ctx.setNow('2026-03-02T09:00:00Z');
    const mails = await db.selectFrom('mailMessage').select(['toAddress', 'data']).execute();
    const mailsTo = (address: string) => textOf(mails.filter((mail) => mail.toAddress === address).map((mail) => mail.data));
    await db.updateTable('session').set({ status: 'cancelled' }).where('id', '=', id).execute();
    await db.deleteFrom('sessionResource').where('sessionId', '=', id).execute();
    await db.deleteFrom('bookingRequest').where('id', '=', form.id).execute();
    return {
      tutor: textOf(asTutor) + mailsTo(tutorUser.email),
      family: textOf(asFamily) + mailsTo(clientUser.email),
    };
  }

  it('are nowhere while the rules hide them: not on pages, not in mails', async () => {
    const seen = await crawl();
    for (const canary of canaries.family) expect(seen.tutor.includes(canary), `the tutor sees ${canary}`).toBe(false);
    for (const canary of canaries.tutor) expect(seen.family.includes(canary), `the family sees ${canary}`).toBe(false);
  });

  it('are on the session’s page and with the students where the program lets them be seen', async () => {
    await db
      .updateTable('program')
      .set({ schedulingOverrides: JSON.stringify({ contactsVisible: true }) })
      .where('id', '=', one.id)
      .execute();
    // As long as the company hides them, no program shows them.
    const hidden = await crawl();
    for (const canary of canaries.family) expect(hidden.tutor.includes(canary), `the tutor sees ${canary}`).toBe(false);
    for (const canary of canaries.tutor) expect(hidden.family.includes(canary), `the family sees ${canary}`).toBe(false);
    await saveMessageRules(db, { userId: null, kind: 'system' }, { hide_contacts: false });
    const seen = await crawl();
    for (const canary of canaries.family) expect(seen.tutor).toContain(canary);
    for (const canary of canaries.tutor) expect(seen.family).toContain(canary);
    // A tutor's own word is the last.
    await db
      .updateTable('tutor')
      .set({ schedulingOverrides: JSON.stringify({ contactsVisible: false }) })
      .where('id', '=', tutor.id)
      .execute();
    expect((await crawl()).family).not.toContain(TUTOR_PHONE);
  });
});

it('the tutor books on their own page, and a taken time is refused without naming whose it is', async () => {
  await setWho('tutor');
  const stranger = await aStudent(db, { firstName: 'Zoltan' });
  await bookSession(
    db,
    ctx,
    { userId: null, kind: 'system' },
    {
      tutorId: tutor.id,
      studentIds: [stranger.id],
      programId: one.id,
      subjectId: maths.id,
      wallStart: '2026-04-20T15:00',
      durationMinutes: 60,
      mode: 'online',
      billable: true,
    },
  );
  const form = bookForm({ from: 'typed', date: '2026-04-20', time: '15:30' });
  const refused = await sent(tutorBookAction(await argsOf(tutorUser, '/tutor/book', form)));
  expect(refused.init.status).toBe(409);
  expect(textOf(refused.data)).not.toContain('Zoltan');
  const free = bookForm({ from: 'typed', date: '2026-04-21', time: '15:30' });
  const booked = await sent(tutorBookAction(await argsOf(tutorUser, '/tutor/book', free)));
  expect(booked.headers.get('location')).toBe(`/tutor/sessions/${free.id}?booked`);
  const list = await officeEngagements(await argsOf(scheduler, '/office/engagements?show=open&q=mine'));
  expect(list.rows.map((row) => row.studentName)).toContain('Mine Parent');
});
