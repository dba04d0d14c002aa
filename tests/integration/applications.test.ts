import { beforeEach, describe, expect, it } from 'vitest';
import { action, loader } from '#app/routes/apply/route.tsx';
import { anOrganisation, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './users/browser.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db, { timezone: 'Europe/Dublin' });
await db.updateTable('organisation').set({ email: 'office@harbour.example' }).execute();
const physics = await aSubject(db, { name: 'Physics' });
let applicants = 0;

beforeEach(async () => {
  ctx.setNow('2026-03-02T09:00:00Z');
  await db.updateTable('publicForm').set({ enabled: true, fields: '[]' }).where('kind', '=', 'application').execute();
});

const aPdf = (name = 'CV.pdf', text = 'one page') => new File([`%PDF-1.7\n${text}`], name, { type: 'application/pdf' });

/** Somebody from an address of their own, who opened the form a minute ago. */
async function anApplicant() {
  const ip = `198.51.100.${++applicants}`;
  const { token } = (await visit(ctx, loader, { path: '/apply', ip })).body as { token: string };
  ctx.setNow(new Date(ctx.clock().getTime() + 60_000));
  const form = {
    token,
    firstName: 'Žofia',
    lastName: 'Kováčová',
    email: `zofia${applicants}@example.org`,
    subjects: [physics.id],
    modes: ['online'],
    languages: ['cs', 'en'],
    wishedHours: '12',
    about: 'Ten years at a school.',
  };
  const send = (over: Record<string, string | string[]> = {}, files?: File[]) =>
    visit(ctx, action, { path: '/apply', ip, form: { ...form, ...over }, ...(files ? { files: { documents: files } } : {}) });
  return { form, send };
}

const tutorsOf = (email: string) => db.selectFrom('tutor').selectAll().where('email', '=', email).orderBy('createdAt').execute();

describe('an application', () => {
  it('makes an applicant with what was said and the documents, a task and mails to them and the office', async () => {
    const { form, send } = await anApplicant();
    expect(await send({}, [aPdf(), aPdf('Degree.pdf', 'two pages')])).toMatchObject({ status: 302, location: '/apply?sent' });
    const [tutor, ...others] = await tutorsOf(form.email);
    expect(others).toEqual([]);
    expect(tutor).toMatchObject({
      firstName: 'Žofia',
      status: 'applicant',
      source: 'application',
      teachesOnline: true,
      teachesInPerson: false,
      languages: ['cs', 'en'],
      wishedHoursPerWeek: '12.00',
      notes: 'Ten years at a school.',
      inStorefront: false,
      userId: null,
    });
    const id = tutor?.id ?? '';
    const taught = await db.selectFrom('tutorSubject').select('subjectId').where('tutorId', '=', id).execute();
    expect(taught).toEqual([{ subjectId: physics.id }]);
    const files = await db
      .selectFrom('file')
      .select(['name', 'visibility', 'mediaType'])
      .where('tutorId', '=', id)
      .orderBy('name')
      .execute();
    expect(files).toEqual([
      { name: 'CV.pdf', visibility: 'office', mediaType: 'application/pdf' },
      { name: 'Degree.pdf', visibility: 'office', mediaType: 'application/pdf' },
    ]);
    expect(await db.selectFrom('task').select('event').where('tutorId', '=', id).execute()).toEqual([
      { event: 'application_received' },
    ]);
    const mails = await db.selectFrom('mailMessage').select(['template', 'toAddress']).orderBy('template').execute();
    expect(mails).toEqual([
      { template: 'form-received', toAddress: form.email },
      { template: 'form-to-office', toAddress: 'office@harbour.example' },
    ]);
  });

  it('sent twice at once makes one applicant with one of each document', async () => {
    const { form, send } = await anApplicant();
    const answers = await Promise.all([send({}, [aPdf()]), send({}, [aPdf()])]);
    expect(answers.map(({ status }) => status)).toEqual([302, 302]);
    expect(await tutorsOf(form.email)).toHaveLength(1);
  });

  it('of somebody who teaches or signs in here is answered as every other, and touches nothing of theirs', async () => {
    const user = await aUser(db, { roles: ['tutor'] });
    const tutor = await aTutor(db, { email: user.email, userId: user.id });
    const { send } = await anApplicant();
    const stranger = await (await anApplicant()).send();
    expect({ ...(await send({ email: user.email })), headers: null }).toEqual({ ...stranger, headers: null });
    const [kept, added] = await tutorsOf(user.email);
    expect(kept).toMatchObject({ id: tutor.id, status: 'active', version: tutor.version });
    expect(added).toMatchObject({ status: 'applicant', userId: null });
    const mails = await db.selectFrom('mailMessage').select(['template', 'data']).where('toAddress', '=', user.email).execute();
    expect(mails).toMatchObject([{ template: 'form-received', data: { known: true } }]);
  });
});

describe('documents', () => {
  it.each([
    ['what is no document, whatever it is called', [new File(['<script>alert(1)</script>'], 'CV.pdf')]],
    ['an empty one beside a good one is no document', [new File(['MZ program'], 'CV.exe'), aPdf()]],
    ['more than five', Array.from({ length: 6 }, (_, n) => aPdf(`${n}.pdf`, `${n}`))],
  ])('refuse %s, at the field and with all that was typed', async (_, files) => {
    const { form, send } = await anApplicant();
    const answer = await send({}, files);
    expect(answer).toMatchObject({
      status: 400,
      body: { values: { firstName: ['Žofia'] }, errors: { documents: expect.any(String) } },
    });
    expect(await tutorsOf(form.email)).toEqual([]);
  });

  it('that the form doesn’t ask for are not taken', async () => {
    await db
      .updateTable('publicForm')
      .set({ fields: JSON.stringify([{ field: 'phone', required: false }]) })
      .where('kind', '=', 'application')
      .execute();
    const { form, send } = await anApplicant();
    expect(await send({}, [aPdf()])).toMatchObject({ status: 302 });
    const [tutor] = await tutorsOf(form.email);
    expect(tutor).toMatchObject({ notes: '', languages: [] });
    expect(
      await db
        .selectFrom('file')
        .select('id')
        .where('tutorId', '=', tutor?.id ?? '')
        .execute(),
    ).toEqual([]);
  });

  it('can be required', async () => {
    await db
      .updateTable('publicForm')
      .set({ fields: JSON.stringify([{ field: 'documents', required: true }]) })
      .where('kind', '=', 'application')
      .execute();
    const { send } = await anApplicant();
    expect(await send()).toMatchObject({ status: 400, body: { errors: { documents: 'Choose a document' } } });
  });
});

it('a form that is closed takes no application', async () => {
  const { form, send } = await anApplicant();
  await db.updateTable('publicForm').set({ enabled: false }).where('kind', '=', 'application').execute();
  expect(await send()).toMatchObject({ status: 409 });
  expect(await tutorsOf(form.email)).toEqual([]);
});
