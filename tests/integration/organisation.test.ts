import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { createProgram } from '#app/domain/organisation/create-program.server.ts';
import { createSubject } from '#app/domain/organisation/create-subject.server.ts';
import { editBookingSettings } from '#app/domain/organisation/edit-booking-settings.server.ts';
import { editOrganisation } from '#app/domain/organisation/edit-organisation.server.ts';
import { editPolicies } from '#app/domain/organisation/edit-policies.server.ts';
import { editProgram } from '#app/domain/organisation/edit-program.server.ts';
import { editSubject } from '#app/domain/organisation/edit-subject.server.ts';
import { effectivePolicy, policyOf } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { programEditSchema, programSchema } from '#app/domain/organisation/program.schema.ts';
import { getProgram, listPrograms } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { bookingSettingsSchema, organisationSchema, policySettingsSchema } from '#app/domain/organisation/settings.schema.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { type AnOrganisation, aClient, anOrganisation, aRate, aSubject, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const admin: Actor = { userId: (await aUser(db, { name: 'Ana Admin' })).id, kind: 'user' };
const ghost = '00000000-0000-4000-8000-000000000000';
let organisation: AnOrganisation;

beforeEach(async () => {
  await db.deleteFrom('organisation').execute();
  organisation = await anOrganisation(db);
});

const programForm = {
  name: 'One-to-one',
  kind: 'one_to_one',
  capacity: '1',
  chargeBasis: 'per_student',
  taxPercent: '13.50',
  description: '',
  durations: '',
  defaultDuration: '',
  meetingInstallId: '',
  policyOverrides: { completion: '', no_show: { client_charge_percent: '100', wait_percent: ' ' } },
};

describe('programs', () => {
  it('a rule left blank is the organisation’s, also after the organisation changes it', async () => {
    const { id } = await createProgram(db, ctx, admin, programSchema.parse(programForm));
    const program = await getProgram(db, id);
    expect(program).toMatchObject({
      taxPercent: '13.5',
      durations: null,
      policyOverrides: { no_show: { client_charge_percent: '100' } },
    });
    const policies = { ...organisation.policies, completion: 'approval' as const };
    await editPolicies(db, ctx, admin, { policies, version: 1 });
    const policy = effectivePolicy((await getOrganisation(db)).policies, program.policyOverrides);
    expect(policy).toMatchObject({ completion: 'approval', noShow: { waitPercent: '33', clientChargePercent: '100' } });
  });

  it('is edited by one at a time and found by name', async () => {
    const { id } = await createProgram(
      db,
      ctx,
      admin,
      programSchema.parse({ ...programForm, name: 'After-school at Lincoln High' }),
    );
    const edit = programEditSchema.parse({
      ...programForm,
      name: 'After-school',
      kind: 'group',
      capacity: '8',
      chargeBasis: 'split',
      durations: '90, 45 45',
      defaultDuration: '45',
      id,
      version: '1',
    });
    await editProgram(db, ctx, admin, edit);
    expect(await getProgram(db, id)).toMatchObject({
      name: 'After-school',
      capacity: 8,
      durations: [45, 90],
      defaultDuration: 45,
      version: 2,
    });
    await expect(editProgram(db, ctx, admin, edit)).rejects.toMatchObject({
      code: 'conflict',
      details: { by: 'Ana Admin', version: 2 },
    });
    expect((await listPrograms(db, readListFilter(new URLSearchParams('q=after')))).rows).toMatchObject([{ id, kind: 'group' }]);
  });

  it('a default length is one that can be chosen', async () => {
    const values = programSchema.parse({ ...programForm, defaultDuration: '50' });
    await expect(createProgram(db, ctx, admin, values)).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'defaultDuration',
    });
    expect(programSchema.safeParse({ ...programForm, durations: '30,60', defaultDuration: '50' }).error?.issues[0]?.path).toEqual(
      ['defaultDuration'],
    );
  });

  it('a billing mode is no place to meet', async () => {
    const values = programSchema.parse({ ...programForm, meetingInstallId: organisation.installs['billing-none'] });
    await expect(createProgram(db, ctx, admin, values)).rejects.toMatchObject({
      code: 'unknown_reference',
      field: 'meetingInstallId',
    });
  });

  it.each([
    ['two students one-to-one', { capacity: '2' }, 'capacity'],
    ['a tax above 100 %', { taxPercent: '100.1' }, 'taxPercent'],
    ['a tax of five decimals', { taxPercent: '1.00001' }, 'taxPercent'],
    ['a length in words', { durations: 'an hour' }, 'durations'],
    [
      'an override above 100 %',
      { policyOverrides: { late_cancel: { client_charge_percent: '150' } } },
      'policyOverrides.late_cancel.client_charge_percent',
    ],
    ['a kind that is none', { kind: 'camp' }, 'kind'],
  ])('%s is refused at its field', (_, over, field) => {
    const paths = programSchema
      .safeParse({ ...programForm, ...over })
      .error?.issues.map((issue) => issue.path.join('.').replace(/^durations\..*/, 'durations'));
    expect(new Set(paths)).toEqual(new Set([field]));
  });
});

describe('subjects', () => {
  it('a name is given once, whatever its case', async () => {
    const { id } = await createSubject(db, ctx, admin, { name: 'Chemistry' });
    await expect(createSubject(db, ctx, admin, { name: 'chemistry' })).rejects.toMatchObject({
      code: 'invalid_value',
      field: 'name',
    });
    const physics = await aSubject(db, { name: 'Physics' });
    await expect(editSubject(db, ctx, admin, { id: physics.id, version: 1, name: 'CHEMISTRY' })).rejects.toMatchObject({
      field: 'name',
    });
    await editSubject(db, ctx, admin, { id, version: 1, name: 'chemistry' });
    expect(await listAudit(db, { subjectType: 'subject', subjectId: id })).toMatchObject([
      { action: 'subject.edit', before: { name: 'Chemistry' } },
      { action: 'subject.create' },
    ]);
  });
});

describe('the policy a session is booked under', () => {
  it('equal rules are one version, other rules another, and a version never changes', async () => {
    const version = (stored: unknown) => db.transaction().execute((trx) => policyVersionFor(trx, effectivePolicy(stored)));
    const first = await version({ no_show: { wait_percent: 33.0 } });
    expect(await version({ no_show: { wait_percent: '33.00' } })).toBe(first);
    const other = await version({ no_show: { wait_percent: '33.3' } });
    expect(other).not.toBe(first);
    const { rules } = await db.selectFrom('policyVersion').select('rules').where('id', '=', other).executeTakeFirstOrThrow();
    expect(policyOf(rules).noShow.waitPercent).toBe('33.3');
    await expect(db.deleteFrom('policyVersion').where('id', '=', first).execute()).rejects.toThrow('append-only');
  });

  it('asked for by twenty at once, new rules are one version', async () => {
    const policy = effectivePolicy({ late_cancel: { notice_hours: 36 } });
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => db.transaction().execute((trx) => policyVersionFor(trx, policy))),
    );
    expect(new Set(ids).size).toBe(1);
  });
});

describe('settings', () => {
  const organisationForm = () => ({
    name: 'Harbour',
    address: '1 Quay',
    email: '',
    phone: '',
    supportContact: '',
    taxNumber: '',
    locale: 'en-IE',
    timezone: 'Europe/Dublin',
    currency: 'EUR',
    version: '1',
  });

  it('zone and currency can change until the first amount is posted', async () => {
    await editOrganisation(
      db,
      ctx,
      admin,
      organisationSchema.parse({ ...organisationForm(), timezone: 'America/New_York', currency: 'usd' }),
    );
    expect(await getOrganisation(db)).toMatchObject({ timezone: 'America/New_York', currency: 'USD', version: 2 });
    const rate = await aRate(db);
    const yen = organisationSchema.parse({ ...organisationForm(), timezone: 'America/New_York', currency: 'JPY', version: '2' });
    await expect(editOrganisation(db, ctx, admin, yen)).rejects.toMatchObject({ code: 'locked', field: 'currency' });
    await db.deleteFrom('rate').where('id', '=', rate.id).execute();
    await db
      .insertInto('payItem')
      .values({
        kind: 'bonus',
        tutorId: (
          await db.insertInto('tutor').values({ firstName: 'T', timezone: 'UTC' }).returning('id').executeTakeFirstOrThrow()
        ).id,
        localDate: '2026-01-01',
        amount: 100n,
        settledAt: new Date(),
      })
      .execute();
    const dublin = organisationSchema.parse({ ...organisationForm(), currency: 'USD', version: '2' });
    await expect(editOrganisation(db, ctx, admin, dublin)).rejects.toMatchObject({ code: 'locked', field: 'timezone' });
    await db.deleteFrom('payItem').execute();
  });

  it('booking, policies and company share one version: the later of two tabs is told', async () => {
    const booking = bookingSettingsSchema.parse({
      durations: '60, 30',
      gridMinutes: '30',
      joinWindowMinutes: '5',
      billingInstallId: '',
      meetingInstallId: organisation.installs['meeting-jitsi'],
      version: '1',
    });
    await editBookingSettings(db, ctx, admin, booking);
    expect(await getOrganisation(db)).toMatchObject({
      durations: [30, 60],
      gridMinutes: 30,
      joinWindowMinutes: 5,
      billingInstallId: null,
      version: 2,
    });
    await expect(editOrganisation(db, ctx, admin, organisationSchema.parse(organisationForm()))).rejects.toMatchObject({
      code: 'conflict',
      details: { by: 'Ana Admin', version: 2 },
    });
  });

  it('defaults are installs of the right kind', async () => {
    const form = {
      durations: '60',
      gridMinutes: '15',
      joinWindowMinutes: '10',
      billingInstallId: '',
      meetingInstallId: '',
      version: '1',
    };
    await expect(
      editBookingSettings(db, ctx, admin, bookingSettingsSchema.parse({ ...form, billingInstallId: ghost })),
    ).rejects.toMatchObject({ field: 'billingInstallId' });
    await expect(
      editBookingSettings(db, ctx, admin, bookingSettingsSchema.parse({ ...form, meetingInstallId: ghost })),
    ).rejects.toMatchObject({ field: 'meetingInstallId' });
  });

  it.each([
    ['a grid that does not fit the hour', { gridMinutes: '25' }, 'gridMinutes'],
    ['no lengths at all', { durations: ' ' }, 'durations'],
    ['joining two days before', { joinWindowMinutes: '2880' }, 'joinWindowMinutes'],
  ])('%s is refused at its field', (_, over, field) => {
    const form = {
      durations: '60',
      gridMinutes: '15',
      joinWindowMinutes: '10',
      billingInstallId: '',
      meetingInstallId: '',
      version: '1',
      ...over,
    };
    expect(bookingSettingsSchema.safeParse(form).error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });

  it('a change of policy says in the log which rule was what', async () => {
    const { version, policies } = await getOrganisation(db);
    const next = policySettingsSchema.parse({ policies: { ...policies, invoice: { due_days: '30' } }, version });
    await editPolicies(db, ctx, admin, next);
    const [line] = await listAudit(db, { subjectType: 'organisation', limit: 1 });
    expect(line).toMatchObject({
      action: 'organisation.edit_policies',
      before: { invoice: { due_days: 14 } },
      after: { invoice: { due_days: 30 } },
    });
  });
});

describe('the audit log', () => {
  it('is read by kind, by person, by days of a zone, and page by page', async () => {
    const client = await aClient(db);
    for (const at of ['2026-02-28T23:30:00Z', '2026-03-01T12:00:00Z']) {
      await db
        .insertInto('auditLog')
        .values({ at: new Date(at), actorKind: 'system', action: 'client.test', subjectType: 'client', subjectId: client.id })
        .execute();
    }
    const of = (over: object) => listAudit(db, { subjectType: 'client', subjectId: client.id, ...over });
    expect(await of({ from: '2026-03-01', zone: 'Europe/Berlin' })).toHaveLength(2);
    expect(await of({ from: '2026-03-01', zone: 'UTC' })).toHaveLength(1);
    expect(await of({ to: '2026-03-01', zone: 'UTC' })).toHaveLength(1);
    const [newest] = await of({ limit: 1 });
    expect(await of({ beforeId: newest?.id })).toMatchObject([{ by: 'Lectern itself', at: new Date('2026-02-28T23:30:00Z') }]);
    expect(await of({ actorUserId: admin.userId })).toEqual([]);
  });
});
