import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { loader as clientPage } from '#app/routes/office.clients.$id/route.tsx';
import { action as saveProgram } from '#app/routes/office.programs.$id_.edit/route.tsx';
import { loader as ratesPage } from '#app/routes/office.rates._index/route.tsx';
import { action as rateAction } from '#app/routes/office.rates.$id/route.tsx';
import { action as addRate } from '#app/routes/office.rates.new/route.tsx';
import { loader as auditPage } from '#app/routes/office.settings.audit/route.tsx';
import { loader as policiesPage, action as savePolicies } from '#app/routes/office.settings.policies/route.tsx';
import { action as tutorAction, loader as tutorPage } from '#app/routes/office.tutors.$id/route.tsx';
import { action as saveTutor } from '#app/routes/office.tutors.$id_.edit/route.tsx';
import { action as addTutor } from '#app/routes/office.tutors.new/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { name: 'Ana Admin', roles: ['admin'] });
const scheduler = await aUser(db, { name: 'Mia Fox', roles: ['scheduler'] });
const maths = await aSubject(db, { name: 'Maths' });
const { id: aLevel } = await db.insertInto('level').values({ name: 'A level' }).returning('id').executeTakeFirstOrThrow();

type Form = [string, string][] | Record<string, string>;

async function argsOf(user: { id: string }, path: string, form?: Form) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const id = path
    .split('?')[0]
    ?.split('/')
    .find((part) => part.length === 36);
  return { request, context, params: { id } } as never;
}

interface Refused {
  data: {
    errors: Record<string, string>;
    values: Record<string, string[]>;
    message?: string;
    conflict?: Record<string, unknown>;
  };
  init: { status: number };
}

const tutorForm = {
  firstName: 'Maeve',
  lastName: 'Byrne',
  email: '',
  phone: '',
  timezone: 'Europe/Dublin',
  maxHoursPerWeek: '',
  bufferMinutes: '0',
  personalRoomUrl: '',
  modes: 'online',
  notes: '',
};

describe('the form of a tutor', () => {
  it('with a wrong field answers 400 with the reason at the field and all that was typed', async () => {
    const form: [string, string][] = [
      ...Object.entries({ ...tutorForm, personalRoomUrl: 'rooms.example.test', notes: 'back in May' }),
      ['subjects', maths.id],
      ['levels', `${maths.id}:${aLevel}`],
    ];
    const { data, init } = (await addTutor(await argsOf(scheduler, '/office/tutors/new', form))) as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.errors).toEqual({ personalRoomUrl: 'Enter a full address that starts with https://' });
    expect(data.values).toMatchObject({ notes: ['back in May'], subjects: [maths.id], levels: [`${maths.id}:${aLevel}`] });
  });

  it('saves subjects with their levels and leads to the new page', async () => {
    const form: [string, string][] = [...Object.entries(tutorForm), ['subjects', maths.id], ['levels', `${maths.id}:${aLevel}`]];
    const answer = (await addTutor(await argsOf(scheduler, '/office/tutors/new', form))) as Response;
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    expect((await getTutor(db, id)).subjects).toMatchObject([{ name: 'Maths', levels: [{ name: 'A level' }] }]);
  });

  it('of two tabs the second keeps what was typed, says who was first and what is saved, and saves over it when told to', async () => {
    const tutor = await aTutor(db, { firstName: 'Maeve', lastName: 'Byrne', email: null });
    const path = `/office/tutors/${tutor.id}/edit`;
    await saveTutor(await argsOf(admin, path, { ...tutorForm, bufferMinutes: '15', version: '1' }));
    const second = { ...tutorForm, notes: 'my own words', version: '1' };
    const { data, init } = (await saveTutor(await argsOf(scheduler, path, second))) as unknown as Refused;
    expect(init.status).toBe(409);
    expect(data.message).toContain('Ana Admin changed this tutor');
    expect(data.values.notes).toEqual(['my own words']);
    expect(data.conflict).toMatchObject({
      by: 'Ana Admin',
      version: 2,
      differs: [
        { name: 'bufferMinutes', saved: '15' },
        { name: 'notes', saved: '' },
      ],
    });
    await saveTutor(await argsOf(scheduler, path, { ...second, version: '2' }));
    expect(await getTutor(db, tutor.id)).toMatchObject({ bufferMinutes: 0, notes: 'my own words', version: 3 });
  });

  it('a tutor who is not there is a 404, also where the id is none', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000000', 'x'.repeat(36)]) {
      await expect(tutorPage(await argsOf(scheduler, `/office/tutors/${id}`))).rejects.toMatchObject({ status: 404 });
    }
  });
});

describe('the buttons of a tutor', () => {
  it('Invite mails an invitation and links the user, for administrators', async () => {
    const tutor = await aTutor(db, { email: 'new.tutor@example.test' });
    const path = `/office/tutors/${tutor.id}`;
    await expect(tutorAction(await argsOf(scheduler, path, { intent: 'invite' }))).rejects.toMatchObject({ status: 403 });
    expect(await tutorAction(await argsOf(admin, path, { intent: 'invite' }))).toBeNull();
    expect(await getTutor(db, tutor.id)).toMatchObject({ userEmail: 'new.tutor@example.test' });
    const again = (await tutorAction(await argsOf(admin, path, { intent: 'invite' }))) as unknown as Refused;
    expect(again.init.status).toBe(409);
  });

  it('Archive takes the tutor out, Bring back undoes it', async () => {
    const tutor = await aTutor(db);
    const path = `/office/tutors/${tutor.id}`;
    await tutorAction(await argsOf(scheduler, path, { intent: 'archive' }));
    expect((await getTutor(db, tutor.id)).archivedAt).not.toBeNull();
    await tutorAction(await argsOf(scheduler, path, { intent: 'restore' }));
    expect((await getTutor(db, tutor.id)).archivedAt).toBeNull();
  });
});

describe('money on the pages of people', () => {
  it('an administrator reads balance and pay, a scheduler gets none of it sent', async () => {
    const client = await aClient(db);
    const { currency } = await getOrganisation(db);
    await db.transaction().execute((trx) =>
      post(trx, {
        key: 'canary',
        effectiveOn: '2026-03-01',
        description: 'Lesson',
        entries: [
          { account: accounts.receivable(client, currency), amount: 987_654n },
          { account: accounts.tuition(currency), amount: -987_654n },
        ],
      }),
    );
    const tutor = await aTutor(db);
    await db
      .insertInto('payItem')
      .values({ kind: 'bonus', tutorId: tutor.id, localDate: '2026-03-01', amount: 987_654n, settledAt: ctx.clock() })
      .execute();
    const pagesOf = async (user: { id: string }) => [
      await clientPage(await argsOf(user, `/office/clients/${client.id}`)),
      await tutorPage(await argsOf(user, `/office/tutors/${tutor.id}`)),
    ];
    const [forClient, forTutor] = await pagesOf(admin);
    expect(forClient).toMatchObject({ money: { owed: 987_654n, credits: null } });
    expect(forTutor).toMatchObject({ pay: { unpaid: 987_654n, items: 1 } });
    const seen = JSON.stringify(await pagesOf(scheduler), (_, value) => (typeof value === 'bigint' ? value.toString() : value));
    expect(seen).not.toContain('987654');
  });

  it('a scheduler reads what clients are charged and never what tutors are paid, whatever the address asks for', async () => {
    const tutor = await aTutor(db);
    await aRate(db, { tutorId: tutor.id });
    await aRate(db, { tutorId: tutor.id, side: 'pay', amountPerHour: 3131n });
    const sides = async (user: { id: string }, query = '') =>
      (await ratesPage(await argsOf(user, `/office/rates?tutorId=${tutor.id}${query}`))).rates.map((rate) => rate.side);
    expect(await sides(admin)).toEqual(['charge', 'pay']);
    expect(await sides(scheduler)).toEqual(['charge']);
    expect(await sides(scheduler, '&side=pay')).toEqual([]);
  });
});

describe('rates', () => {
  it('an overlap is answered at the field, naming the other row, with what was typed', async () => {
    const program = await aProgram(db);
    await aRate(db, { programId: program.id, amountPerHour: 5840n, validFrom: '2026-01-01' });
    const form = {
      side: 'charge',
      programId: program.id,
      subjectId: '',
      tutorId: '',
      studentId: '',
      amountPerHour: '61.50',
      validFrom: '2026-06-01',
      validTo: '',
    };
    const { data, init } = (await addRate(await argsOf(admin, '/office/rates/new', form))) as unknown as Refused;
    expect(init.status).toBe(400);
    expect(data.errors.validFrom).toContain('58.40 EUR an hour from 2026-01-01');
    expect(data.values.amountPerHour).toEqual(['61.50']);
  });

  it('one page changes a rate from a day on or ends it, each with its own reasons', async () => {
    const program = await aProgram(db);
    const rate = await aRate(db, { programId: program.id, validFrom: '2026-01-01' });
    const path = `/office/rates/${rate.id}`;
    const wrong = (await rateAction(await argsOf(admin, path, { intent: 'end', validTo: '' }))) as unknown as Refused;
    expect(Object.keys(wrong.data.errors)).toEqual(['validTo']);
    await rateAction(await argsOf(admin, path, { intent: 'change', amountPerHour: '70', from: '2026-09-01' }));
    const rows = await db
      .selectFrom('rate')
      .select(['amountPerHour', 'validTo'])
      .where('programId', '=', program.id)
      .orderBy('validFrom')
      .execute();
    expect(rows).toEqual([
      { amountPerHour: 6000n, validTo: '2026-09-01' },
      { amountPerHour: 7000n, validTo: null },
    ]);
  });
});

describe('policies', () => {
  it('are saved as they stand in the form; a wrong one is named by its own field', async () => {
    const { initial, version } = await policiesPage(await argsOf(admin, '/office/settings/policies'));
    const form: Record<string, string> = { version: String(version) };
    for (const [name, values] of Object.entries(initial)) form[name] = values[0] ?? '';
    const bad = { ...form, 'policies.no_show.wait_percent': '101' };
    const { data } = (await savePolicies(await argsOf(admin, '/office/settings/policies', bad))) as unknown as Refused;
    expect(Object.keys(data.errors)).toEqual(['policies.no_show.wait_percent']);
    await savePolicies(await argsOf(admin, '/office/settings/policies', { ...form, 'policies.late_cancel.notice_hours': '48' }));
    expect((await getOrganisation(db)).policies.late_cancel.notice_hours).toBe(48);
  });

  it("a program's empty field stays empty, so that the organisation's rule holds", async () => {
    const program = await aProgram(db);
    const form = {
      name: program.name,
      kind: 'one_to_one',
      capacity: '1',
      chargeBasis: 'per_student',
      taxPercent: '0',
      description: '',
      durations: '',
      defaultDuration: '',
      meetingInstallId: '',
      version: '1',
      'policyOverrides.completion': '',
      'policyOverrides.no_show.wait_percent': '',
      'policyOverrides.late_cancel.tutor_pay_percent': '100',
    };
    await saveProgram(await argsOf(admin, `/office/programs/${program.id}/edit`, form));
    const saved = await db.selectFrom('program').select('policyOverrides').where('id', '=', program.id).executeTakeFirstOrThrow();
    expect(saved.policyOverrides).toEqual({ late_cancel: { tutor_pay_percent: '100' } });
  });
});

describe('the audit log', () => {
  it('says in words who did what, and ignores a filter that makes no sense', async () => {
    const { lines } = await auditPage(await argsOf(admin, '/office/settings/audit?kind=tutor&from=nonsense&before=x'));
    expect(
      lines.some(
        (line) =>
          line.by === 'Ana Admin' && line.what === 'Changed' && line.changes.join().includes('minutes between sessions 0 → 15'),
      ),
    ).toBe(true);
  });
});
