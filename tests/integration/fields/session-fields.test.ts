import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { arrangeCustomField } from '#app/domain/fields/arrange-custom-field.server.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { saveCustom } from '#app/domain/fields/save-custom.server.ts';
import { loader as familySession } from '#app/routes/family.sessions.$id/route.tsx';
import { loader as officeSession } from '#app/routes/office.sessions.$id._index/route.tsx';
import { action as edit } from '#app/routes/office.sessions.$id.edit/route.tsx';
import { action as book } from '#app/routes/office.sessions.new/route.tsx';
import { loader as tutorSession } from '#app/routes/tutor.sessions.$id._index/route.tsx';
import { action as closeOut, loader as closeOutPage } from '#app/routes/tutor.sessions.$id.close-out/route.tsx';
import { renderMail } from '#emails/render.ts';
import { aClient, aCustomField, anOrganisation, aProgram, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const [scheduler, tutorUser, parentUser] = await Promise.all([
  aUser(db, { name: 'Mia Fox', roles: ['scheduler'] }),
  aUser(db, { name: 'Tess Marsh', roles: ['tutor'] }),
  aUser(db, { name: 'Paul Parent', roles: ['client'] }),
]);
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db);
const tutor = await aTutor(db, { userId: tutorUser.id, subjectIds: [maths.id] });
const student = await aStudent(db, { clientId: (await aClient(db, { userId: parentUser.id })).id });

const door = await aCustomField(db, {
  entity: 'session',
  label: 'Door <b>code</b>',
  required: true,
  seenBy: ['scheduler', 'tutor'],
  inMail: true,
});
const exam = await aCustomField(db, {
  entity: 'session',
  label: 'Exam on',
  type: 'date',
  seenBy: ['scheduler', 'family'],
  inMail: true,
});
const worth = await aCustomField(db, { entity: 'session', label: 'Worth', seenBy: [], editedBy: [], inMail: true });
const pages = await aCustomField(db, {
  entity: 'session',
  label: 'Pages done',
  type: 'number',
  seenBy: ['scheduler', 'tutor'],
  editedBy: ['tutor'],
});

async function argsOf(user: { id: string }, path: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params: { id: path.split(/[/?]/).find((part) => part.length === 36) } } as never;
}

const textOf = (value: unknown) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

interface Refused {
  data: { problem: { errors: Record<string, string> }; values: { custom: object } };
  init: { status: number };
}

let day = 9;
const booking = (custom: Record<string, string>) => ({
  id: randomUUID(),
  programId: program.id,
  subjectId: maths.id,
  tutorId: tutor.id,
  studentIds: student.id,
  date: `2026-03-${String(++day).padStart(2, '0')}`,
  time: '10:00',
  durationMinutes: '60',
  mode: 'in_person',
  location: 'Room 4',
  billable: 'on',
  intent: 'book',
  ...custom,
});

async function aBooked(custom: Record<string, string> = {}) {
  const form = booking({ [`custom.${door.id}`]: '=4711#', [`custom.${exam.id}`]: '2026-04-01', ...custom });
  const answer = (await book(await argsOf(scheduler, '/office/sessions/new', form))) as Response;
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

describe('an additional field of a session', () => {
  it('is asked at booking, and what was typed is kept where it is missing', async () => {
    const form = booking({ [`custom.${door.id}`]: '', [`custom.${exam.id}`]: '2026-04-01', [`custom.${worth.id}`]: '9' });
    const { data, init } = (await book(await argsOf(scheduler, '/office/sessions/new', form))) as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.problem.errors).toEqual({ [`custom.${door.id}`]: expect.stringContaining('Fill in') });
    expect(data.values.custom).toMatchObject({ [`custom.${exam.id}`]: ['2026-04-01'] });
  });

  it('stands on the page of each who sees it, and in what is sent to no other', async () => {
    const id = await aBooked({ [`custom.${worth.id}`]: 'a lot' });
    expect((await customOf(db, 'session', id, 'admin')).values).toEqual({ [door.id]: '=4711#', [exam.id]: '2026-04-01' });
    const office = await officeSession(await argsOf(scheduler, `/office/sessions/${id}`));
    expect(office.custom.values).toEqual({ [door.id]: '=4711#', [exam.id]: '2026-04-01' });
    const tutors = textOf(await tutorSession(await argsOf(tutorUser, `/tutor/sessions/${id}`)));
    expect(tutors).toContain('=4711#');
    expect(tutors).not.toContain('Exam on');
    const allergies = await aCustomField(db, { label: 'Allergies', seenBy: ['scheduler', 'tutor'] });
    const hidden = await aCustomField(db, { label: 'Debts' });
    const patch = { [allergies.id]: 'nuts', [hidden.id]: 'many' };
    await saveCustom(db, { userId: null, kind: 'system' }, { entity: 'student', id: student.id, patch });
    const { students } = await tutorSession(await argsOf(tutorUser, `/tutor/sessions/${id}`));
    expect(students.map((one) => one.custom.values)).toEqual([{ [allergies.id]: 'nuts' }]);
    const family = textOf(await familySession(await argsOf(parentUser, `/family/sessions/${id}`)));
    expect(family).toContain('Exam on');
    expect(family).not.toContain('4711');
    expect(family).not.toContain(door.id);
  });

  it('stands in the mail of each who sees it, its label as text', async () => {
    const id = await aBooked();
    const mails = await db.selectFrom('mailMessage').select(['template', 'data']).where('sessionId', '=', id).execute();
    const of = (audience: string) => {
      const mail = mails.find((one) => (one.data as { audience: string }).audience === audience);
      return renderMail(mail?.template ?? '', mail?.data);
    };
    const [tutors, family] = [of('tutor'), of('client')];
    expect(tutors.html).toContain('Door &lt;b&gt;code&lt;/b&gt;');
    expect(tutors.text).toContain('Door <b>code</b>: =4711#');
    expect(tutors.text).not.toContain('Exam on');
    expect(family.text).toMatch(/Exam on: .*2026/);
    expect(family.text).not.toContain('4711');
  });

  it('is changed on the edit page beside the rest; the tutor’s is not the office’s to write', async () => {
    const id = await aBooked();
    const form = {
      version: '1',
      title: 'Revision',
      subjectId: maths.id,
      location: 'Room 4',
      description: '',
      plan: '',
      billable: 'on',
      [`custom.${door.id}`]: '0815',
      [`custom.${exam.id}`]: '',
      [`custom.${pages.id}`]: '12',
    };
    const path = `/office/sessions/${id}/edit`;
    const wrong = { ...form, [`custom.${exam.id}`]: 'soon' };
    const refused = (await edit(await argsOf(scheduler, path, wrong))) as unknown as Refused;
    expect(refused.data.problem.errors).toEqual({ [`custom.${exam.id}`]: 'Enter a date such as 2027-03-31' });
    expect(((await edit(await argsOf(scheduler, path, form))) as Response).status).toBe(302);
    expect((await customOf(db, 'session', id, 'admin')).values).toEqual({ [door.id]: '0815' });
    const page = await officeSession(await argsOf(scheduler, `/office/sessions/${id}`));
    expect(page.story.map((line) => line.detail).join()).toContain('additional fields');
  });

  it('is filled in by the tutor with the close-out, once however often it is sent', async () => {
    const id = await aBooked();
    ctx.setNow('2026-03-30T12:00:00Z');
    await arrangeCustomField(db, ctx, { userId: null, kind: 'system' }, { id: door.id, to: 'archive' });
    const path = `/tutor/sessions/${id}/close-out`;
    const page = await closeOutPage(await argsOf(tutorUser, path));
    expect(page.custom.fields.map((field) => field.label)).toEqual(['Pages done']);
    const form = {
      version: '0',
      intent: 'as-planned',
      [`outcome.${student.id}`]: 'attended',
      [`custom.${pages.id}`]: 'many',
      notes: 'kept',
    };
    const refused = (await closeOut(await argsOf(tutorUser, path, form))) as unknown as {
      data: { problem: { errors: object }; values: { notes: string }; custom: object };
    };
    expect(refused.data).toMatchObject({
      problem: { errors: { [`custom.${pages.id}`]: expect.any(String) } },
      values: { notes: 'kept' },
      custom: { [`custom.${pages.id}`]: ['many'] },
    });
    const good = { ...form, [`custom.${pages.id}`]: '12.5', [`custom.${exam.id}`]: '2020-01-01' };
    await closeOut(await argsOf(tutorUser, path, good));
    await closeOut(await argsOf(tutorUser, path, good));
    const { values } = await customOf(db, 'session', id, 'admin');
    expect(values).toEqual({ [exam.id]: '2026-04-01', [pages.id]: 12.5 });
    await arrangeCustomField(db, ctx, { userId: null, kind: 'system' }, { id: door.id, to: 'restore' });
    expect((await customOf(db, 'session', id, 'scheduler')).values).toMatchObject({ [door.id]: '=4711#' });
  });
});
