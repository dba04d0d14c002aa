import type { StoredPolicies } from '#app/domain/organisation/policy.schema.ts';
import type { ProgramDetail } from '#app/domain/organisation/program-queries.server.ts';
import { getOrganisation, listInstallChoices } from '#app/domain/organisation/queries.server.ts';
import { readSchedulingOverrides, readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';
import { madeUpSession } from '../policy-pages/trial-view.ts';
import { ruleFormValues, ruleTexts } from './scheduling-values.ts';

type Db = Parameters<typeof getOrganisation>[0];

/** What a program's form offers, and the organisation's values behind its empty fields. */
export async function programChoices(db: Db, chosen?: string | null) {
  const [organisation, providers] = await Promise.all([getOrganisation(db), listInstallChoices(db, 'meeting', chosen)]);
  return {
    providers: providers.map(({ id, name }) => ({ id, name })),
    inherited: {
      durations: organisation.durations.join(', '),
      gridMinutes: String(organisation.gridMinutes),
      provider: providers.find((provider) => provider.id === organisation.meetingInstallId)?.name ?? null,
      policy: flat(organisation.policies),
      rules: ruleTexts(readSchedulingRules(organisation.scheduling)),
    },
  };
}

export const newProgram: FormValues = asFormValues({
  kind: 'one_to_one',
  capacity: 1,
  chargeBasis: 'per_student',
  taxPercent: 0,
});

export function programFormValues(program: ProgramDetail): FormValues {
  const {
    name,
    kind,
    capacity,
    chargeBasis,
    taxPercent,
    description,
    durations,
    gridMinutes,
    defaultDuration,
    meetingInstallId,
  } = program;
  const overrides = Object.entries(flat(program.policyOverrides)).map(
    ([key, value]) => [`policyOverrides.${key}`, [value]] as const,
  );
  return {
    ...asFormValues({
      name,
      kind,
      capacity,
      chargeBasis,
      taxPercent,
      description,
      gridMinutes,
      defaultDuration,
      meetingInstallId,
    }),
    durations: [durations?.join(', ') ?? ''],
    ...Object.fromEntries(overrides),
    ...(program.policyOverrides.late_cancel?.steps?.length === 0 ? { 'policyOverrides.late_cancel.no_steps': ['on'] } : {}),
    ...madeUpSession,
    inStorefront: program.inStorefront ? ['on'] : [],
    ...ruleFormValues(readSchedulingOverrides(program.schedulingOverrides), 'schedulingOverrides.'),
  };
}

/** `{ no_show: { wait_percent: '33' } }` -> `{ 'no_show.wait_percent': '33' }` */
export function flat(rules: Partial<StoredPolicies> | object, prefix = ''): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [key, value] of Object.entries(rules)) {
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') Object.assign(all, flat(value, `${prefix}${key}.`));
    else all[prefix + key] = String(value);
  }
  return all;
}
