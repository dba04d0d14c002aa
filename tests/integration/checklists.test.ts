import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { checklistOf } from '#app/domain/checklists/checklist-queries.server.ts';
import { listOwnChecklists } from '#app/domain/checklists/own-checklists.server.ts';
import { tickChecklistItem } from '#app/domain/checklists/tick-checklist-item.server.ts';
import { action as familyTicks } from '#app/routes/family.checklist/route.ts';
import { action as officeTicks } from '#app/routes/office.checklist/route.ts';
import { action as settings } from '#app/routes/office.settings.checklists._index/route.tsx';
import { action as decide } from '#app/routes/office.tutors.$id_.onboarding/route.ts';
import { action as tutorTicks, loader as tutorTicksAgain } from '#app/routes/tutor.checklist/route.ts';
import { aChecklistItem, aClient, anOrganisation, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './users/browser.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db, { timezone: 'Europe/Dublin' });
const subject = await aSubject(db);
const now = ctx.clock();

beforeEach(async () => {
  await db.deleteFrom('checklistItem').execute();
});

async function signedIn(role: 'admin' | 'scheduler' | 'tutor' | 'client') {
  const user = await aUser(db, { roles: [role] });
  const token = await startSession(db, now, user.id, { ip: '192.0.2.1', userAgent: null });
  return { user, cookie: `lectern=${token}` };
}

const linesOf = async (tutorId: string) =>
  (await checklistOf(db, 'tutor', tutorId, now)).map(({ label, done }) => `${done ? 'x' : '-'} ${label}`);

describe('what is read from the records', () => {
  it('ticks itself when it is true, and loses the tick when it is not any more', async () => {
    for (const fact of ['has_subjects', 'has_hours', 'has_room', 'has_address', 'clearances_valid', 'signed_in', 'has_booking'])
      await aChecklistItem(db, { label: fact, fact });
    const type = await db
      .insertInto('clearanceType')
      .values({ name: 'Background check', required: 'always' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const tutor = await aTutor(db);
    expect((await linesOf(tutor.id)).filter((line) => line.startsWith('x'))).toEqual([]);
    await db.insertInto('tutorSubject').values({ tutorId: tutor.id, subjectId: subject.id }).execute();
    await db.insertInto('availabilityRule').values({ tutorId: tutor.id, weekday: 1, startMinute: 540, endMinute: 720 }).execute();
    await db
      .updateTable('tutor')
      .set({ personalRoomUrl: 'https://room.example', homeAddress: '1 Quay' })
      .where('id', '=', tutor.id)
      .execute();
    const clearance = { tutorId: tutor.id, typeId: type.id, status: 'valid', expiresOn: '2026-03-02' };
    await db.insertInto('clearance').values(clearance).execute();
    expect(await linesOf(tutor.id)).toEqual([
      'x has_subjects',
      'x has_hours',
      'x has_room',
      'x has_address',
      'x clearances_valid',
      '- signed_in',
      '- has_booking',
    ]);
    await db.updateTable('clearance').set({ expiresOn: '2026-03-01' }).execute();
    expect(await linesOf(tutor.id)).toContain('- clearances_valid');
    await db.deleteFrom('clearance').execute();
    await db.deleteFrom('clearanceType').execute();
  });

  it('can’t be ticked by anybody', async () => {
    const item = await aChecklistItem(db, { fact: 'has_room' });
    const tutor = await aTutor(db);
    const tick = { itemId: item.id, role: 'tutor', personId: tutor.id, done: true } as const;
    const actor = { userId: null, kind: 'system' } as const;
    await expect(tickChecklistItem(db, ctx, actor, 'office', tick)).rejects.toMatchObject({ code: 'invalid_value' });
  });
});

describe('ticks', () => {
  it('by the office are kept with who and when; twice is once, and the first counts', async () => {
    const item = await aChecklistItem(db, { label: 'Contract signed' });
    const tutor = await aTutor(db);
    const { user, cookie } = await signedIn('scheduler');
    const other = await signedIn('admin');
    const back = `/office/tutors/${tutor.id}`;
    const form = { role: 'tutor', personId: tutor.id, itemId: item.id, done: 'yes', back };
    expect(await visit(ctx, officeTicks, { path: '/office/checklist', cookie, form })).toMatchObject({
      status: 302,
      location: back,
    });
    await visit(ctx, officeTicks, { path: '/office/checklist', cookie: other.cookie, form });
    expect(await checklistOf(db, 'tutor', tutor.id, now)).toMatchObject([{ done: true, tickedBy: user.name, tickedAt: now }]);
    expect(
      await db
        .selectFrom('auditLog')
        .select('id')
        .where('action', '=', 'checklist.tick')
        .where('subjectId', '=', tutor.id)
        .execute(),
    ).toHaveLength(1);
    await visit(ctx, officeTicks, {
      path: '/office/checklist',
      cookie,
      form: { ...form, done: 'no', back: 'https://evil.example' },
    });
    expect(await linesOf(tutor.id)).toEqual(['- Contract signed']);
  });

  it('of their own a tutor gives to what is theirs to tick, and to nobody else’s list', async () => {
    const { user, cookie } = await signedIn('tutor');
    const own = await aTutor(db, { userId: user.id, status: 'onboarding' });
    const foreign = await aTutor(db);
    const office = await aChecklistItem(db, { label: 'Contract signed' });
    const theirs = await aChecklistItem(db, { label: 'Read how we teach', doneBy: 'person' });
    const tick = (personId: string, itemId: string) =>
      visit(ctx, tutorTicks, {
        path: '/tutor/checklist',
        cookie,
        form: { role: 'tutor', personId, itemId, done: 'yes', back: '/tutor' },
      });
    expect(await tick(own.id, theirs.id)).toMatchObject({ status: 302, location: '/tutor' });
    await tick(own.id, office.id);
    expect(await linesOf(own.id)).toEqual(['- Contract signed', 'x Read how we teach']);
    expect(await tick(foreign.id, theirs.id)).toMatchObject({ status: 404 });
    expect(await linesOf(foreign.id)).toEqual(['- Contract signed', '- Read how we teach']);
  });

  it('whose address is loaded again, as after signing in, lead home', async () => {
    const { cookie } = await signedIn('tutor');
    expect(await visit(ctx, tutorTicksAgain, { path: '/tutor/checklist', cookie })).toMatchObject({
      status: 302,
      location: '/tutor',
    });
  });

  it('of a family stay within the family', async () => {
    const { user, cookie } = await signedIn('client');
    const own = await aClient(db, { userId: user.id });
    const foreign = await aClient(db);
    const item = await aChecklistItem(db, { role: 'client', doneBy: 'person', label: 'Terms read' });
    const tick = (personId: string) =>
      visit(ctx, familyTicks, {
        path: '/family/checklist',
        cookie,
        form: { role: 'client', personId, itemId: item.id, done: 'yes' },
      });
    expect(await tick(own.id)).toMatchObject({ status: 302, location: '/family' });
    expect(await tick(foreign.id)).toMatchObject({ status: 404 });
  });
});

describe('one’s own checklist', () => {
  it('stands on the first page until all of it is done or the tutor is at work', async () => {
    const item = await aChecklistItem(db, { label: 'Read how we teach', doneBy: 'person' });
    const tutor = await aTutor(db, { status: 'onboarding' });
    const mine = () => listOwnChecklists(db, { tutorId: tutor.id }, now);
    expect(await mine()).toMatchObject([{ personId: tutor.id, lines: [{ label: 'Read how we teach', done: false }] }]);
    await db.updateTable('tutor').set({ status: 'active' }).where('id', '=', tutor.id).execute();
    expect(await mine()).toEqual([]);
    await db.updateTable('tutor').set({ status: 'onboarding' }).where('id', '=', tutor.id).execute();
    await db.insertInto('checklistTick').values({ itemId: item.id, tutorId: tutor.id }).execute();
    expect(await mine()).toEqual([]);
  });
});

describe('the lists of a company', () => {
  it('begin with what is usual, once, and are arranged, archived and brought back by an admin', async () => {
    const { cookie } = await signedIn('admin');
    const send = (form: Record<string, string>) => visit(ctx, settings, { path: '/office/settings/checklists', cookie, form });
    await Promise.all([send({ usual: 'tutor' }), send({ usual: 'tutor' })]);
    const tutor = await aTutor(db);
    const before = await linesOf(tutor.id);
    expect(new Set(before).size).toBe(before.length);
    expect(before.length).toBeGreaterThan(3);
    const [first, second] = await db.selectFrom('checklistItem').select(['id', 'label']).orderBy('position').execute();
    await send({ id: second?.id ?? '', to: 'up' });
    expect((await linesOf(tutor.id))[0]).toBe(`- ${second?.label}`);
    await send({ id: first?.id ?? '', to: 'archive' });
    expect(await linesOf(tutor.id)).toHaveLength(before.length - 1);
    await send({ id: first?.id ?? '', to: 'restore' });
    expect((await linesOf(tutor.id)).at(-1)).toBe(`- ${first?.label}`);
  });
});

describe('an applicant', () => {
  const applicant = (over = {}) => aTutor(db, { status: 'applicant', source: 'application', ...over });
  const statusOf = (id: string) => db.selectFrom('tutor').select('status').where('id', '=', id).executeTakeFirstOrThrow();

  it('is taken on with an invitation, which settles the task, and is made active; each once', async () => {
    const { cookie } = await signedIn('admin');
    const tutor = await applicant();
    await db
      .insertInto('task')
      .values({ title: 'Look', event: 'application_received', eventKey: `a:${tutor.id}`, tutorId: tutor.id })
      .execute();
    const send = (form: Record<string, string>) =>
      visit(ctx, decide, { path: `/office/tutors/${tutor.id}/onboarding`, params: { id: tutor.id }, cookie, form });
    await send({ to: 'onboarding', invite: 'on' });
    await send({ to: 'onboarding', invite: 'on' });
    expect(await statusOf(tutor.id)).toEqual({ status: 'onboarding' });
    const mails = await db
      .selectFrom('mailMessage')
      .select('template')
      .where('toAddress', '=', tutor.email ?? '')
      .execute();
    expect(mails).toEqual([{ template: 'invitation' }]);
    const task = await db.selectFrom('task').select('doneAt').where('tutorId', '=', tutor.id).executeTakeFirst();
    expect(task?.doneAt).not.toBeNull();
    await send({ to: 'active' });
    expect(await statusOf(tutor.id)).toEqual({ status: 'active' });
    // An old tab: whoever is at work is not turned down by it.
    await send({ to: 'left', reason: 'no' });
    expect(await statusOf(tutor.id)).toEqual({ status: 'active' });
  });

  it('whose address signs in here already is taken on all the same, and the office is told why no invitation went out', async () => {
    const { cookie } = await signedIn('admin');
    const { user } = await signedIn('client');
    const tutor = await applicant({ email: user.email });
    const answer = await visit(ctx, decide, {
      path: `/office/tutors/${tutor.id}/onboarding`,
      params: { id: tutor.id },
      cookie,
      form: { to: 'onboarding', invite: 'on' },
    });
    expect(answer).toMatchObject({ status: 302, location: `/office/tutors/${tutor.id}?invited=no` });
    expect(await statusOf(tutor.id)).toEqual({ status: 'onboarding' });
  });
});
