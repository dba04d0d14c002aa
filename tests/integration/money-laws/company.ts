import type { Insertable, Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';

export interface Company {
  timezone: string;
  currency: string;
  installs: Record<string, string>;
  families: { clientId: string; studentIds: string[] }[];
  tutorIds: string[];
  programIds: string[];
  subjectId: string;
}

/**
 * A small company with every way of charging: by the hour and shared by a group, taxed and not, by invoice and by credits,
 * with approval, odd percentages and mileage.
 * @param options `waives`: the group's rules have steps of notice, a free cancellation a term and make-ups; which one is free goes by order
 */
export async function moneyCompany(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['organisation']>> = {},
  { waives = false }: { waives?: boolean } = {},
): Promise<Company> {
  const policies = {
    completion: 'approval',
    no_show: { wait_percent: 33, client_charge_percent: '33.33', tutor_pay_percent: 50, pay_base: 'session_fee' },
    late_cancel: { notice_hours: 24, client_charge_percent: 50, tutor_pay_percent: 25 },
    mileage: { rate_per_mile: '0.67' },
    invoice: { due_days: 14 },
  };
  const organisation = await anOrganisation(db, {
    policies: JSON.stringify(policies),
    durations: [30, 45, 60],
    gridMinutes: 15,
    ...over,
  });
  await db
    .updateTable('pluginInstall')
    .set({ settings: JSON.stringify({ unit: 'session', overdraft: 'allow' }) })
    .where('id', '=', organisation.installs['billing-credits'])
    .execute();
  const subject = await aSubject(db);
  const alone = await aProgram(db, { capacity: 3, taxPercent: '8.875' });
  const waiving = {
    late_cancel: { free_per_term: 1, steps: [{ under_hours: 4, client_charge_percent: '87.5', tutor_pay_percent: '60' }] },
    make_up: { on: 'both', valid_days: 60 },
    two_durations: true,
  };
  const shared = await aProgram(db, {
    ...{ capacity: 4, chargeBasis: 'split', kind: 'group', taxPercent: '20' },
    policyOverrides: JSON.stringify(waives ? waiving : {}),
  });
  await db.insertInto('term').values({ name: 'Spring', startsOn: '2026-03-01', endsOn: '2026-03-31' }).execute();
  await aRate(db, { amountPerHour: 3333n });
  await aRate(db, { amountPerHour: 9999n, programId: shared.id });
  await aRate(db, { side: 'pay', amountPerHour: 2501n });
  const families = [];
  for (const mode of ['billing-invoicing', 'billing-credits', 'billing-invoicing', 'billing-none'] as const) {
    const client = await aClient(db, { billingInstallId: organisation.installs[mode], address: '1 Quay' });
    const children = [await aStudent(db, { clientId: client.id }), await aStudent(db, { clientId: client.id })];
    families.push({ clientId: client.id, studentIds: children.map((child) => child.id) });
  }
  const tutors = [await aTutor(db), await aTutor(db)];
  return {
    timezone: organisation.timezone,
    currency: organisation.currency,
    installs: organisation.installs,
    families,
    tutorIds: tutors.map((tutor) => tutor.id),
    programIds: [alone.id, shared.id],
    subjectId: subject.id,
  };
}

/** A company that is there already, as the steps need to know it. */
export async function companyOf(db: Kysely<DB>): Promise<Company> {
  const { timezone, currency } = await db.selectFrom('organisation').select(['timezone', 'currency']).executeTakeFirstOrThrow();
  const installs = await db
    .selectFrom('pluginInstall')
    .select(['id', 'pluginId'])
    .where('kind', '=', 'billing')
    .where('state', '=', 'enabled')
    .orderBy('id')
    .execute();
  const students = await db
    .selectFrom('student')
    .select(['id', 'clientId'])
    .where('archivedAt', 'is', null)
    .orderBy('id')
    .execute();
  const idsOf = async (table: 'tutor' | 'program' | 'subject') =>
    (await db.selectFrom(table).select('id').where('archivedAt', 'is', null).orderBy('id').execute()).map((row) => row.id);
  const [subjectId = ''] = await idsOf('subject');
  return {
    timezone,
    currency,
    installs: Object.fromEntries(installs.map((install) => [install.pluginId, install.id])),
    families: [...Map.groupBy(students, (student) => student.clientId)].map(([clientId, own]) => ({
      clientId,
      studentIds: own.map((student) => student.id),
    })),
    tutorIds: await idsOf('tutor'),
    programIds: await idsOf('program'),
    subjectId,
  };
}
