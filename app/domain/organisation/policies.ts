import {
  type COMPLETIONS,
  defaultPolicies,
  type MAKE_UPS,
  type PAY_BASES,
  policiesSchema,
  policyOverridesSchema,
  type StoredPolicies,
} from './policy.schema.ts';

/** Percentages of who cancels with less than so many hours of notice. */
export interface NoticeStep {
  underHours: number;
  clientChargePercent: string;
  tutorPayPercent: string;
}

/** The rules in force for a session. */
export interface Policy {
  completion: (typeof COMPLETIONS)[number];
  /** A close-out says apart how long is billed and how long the tutor is paid. */
  twoDurations: boolean;
  noShow: {
    waitPercent: string;
    clientChargePercent: string;
    tutorPayPercent: string;
    payBase: (typeof PAY_BASES)[number];
    /** From so many planned minutes the tutor is paid in full; 0: never. */
    fullPayMinutes: number;
  };
  lateCancel: {
    noticeHours: number;
    clientChargePercent: string;
    tutorPayPercent: string;
    /** With less notice than these, other percentages; the longest notice first, each shorter than `noticeHours`. */
    steps: readonly NoticeStep[];
    /** So many of a student's late cancellations in a term cost nothing. */
    freePerTerm: number;
    /** As of a no-show. */
    fullPayMinutes: number;
  };
  /** What may be made up for instead of being charged, and for how many days. */
  makeUp: { on: (typeof MAKE_UPS)[number]; validDays: number };
  mileage: { ratePerMile: string };
  invoice: { dueDays: number };
}

/** The stored policies with everything that is missing filled from the defaults. Throws a ZodError for what is not a policy. */
export function readPolicies(stored: unknown): StoredPolicies {
  return policiesSchema.parse(merge(defaultPolicies, stored));
}

/** The organisation's rules with a program's laid over them. */
export function effectivePolicy(organisationPolicies: unknown, programOverrides: unknown = {}): Policy {
  const base = readPolicies(organisationPolicies);
  return policyOf(fitting(merge(base, policyOverridesSchema.parse(programOverrides ?? {})) as unknown as StoredPolicies));
}

/** From what is stored, e.g. `policy_version.rules`. */
export function policyOf(stored: unknown): Policy {
  const rules = readPolicies(stored);
  return {
    completion: rules.completion,
    twoDurations: rules.two_durations,
    noShow: {
      waitPercent: rules.no_show.wait_percent,
      clientChargePercent: rules.no_show.client_charge_percent,
      tutorPayPercent: rules.no_show.tutor_pay_percent,
      payBase: rules.no_show.pay_base,
      fullPayMinutes: rules.no_show.full_pay_minutes,
    },
    lateCancel: {
      noticeHours: rules.late_cancel.notice_hours,
      clientChargePercent: rules.late_cancel.client_charge_percent,
      tutorPayPercent: rules.late_cancel.tutor_pay_percent,
      steps: rules.late_cancel.steps.map((step) => ({
        underHours: step.under_hours,
        clientChargePercent: step.client_charge_percent,
        tutorPayPercent: step.tutor_pay_percent,
      })),
      freePerTerm: rules.late_cancel.free_per_term,
      fullPayMinutes: rules.late_cancel.full_pay_minutes,
    },
    makeUp: { on: rules.make_up.on, validDays: rules.make_up.valid_days },
    mileage: { ratePerMile: rules.mileage.rate_per_mile },
    invoice: { dueDays: rules.invoice.due_days },
  };
}

/** The way back: what is stored for a policy. */
export function storedPolicy(policy: Policy): StoredPolicies {
  return {
    completion: policy.completion,
    two_durations: policy.twoDurations,
    no_show: {
      wait_percent: policy.noShow.waitPercent,
      client_charge_percent: policy.noShow.clientChargePercent,
      tutor_pay_percent: policy.noShow.tutorPayPercent,
      pay_base: policy.noShow.payBase,
      full_pay_minutes: policy.noShow.fullPayMinutes,
    },
    late_cancel: {
      notice_hours: policy.lateCancel.noticeHours,
      client_charge_percent: policy.lateCancel.clientChargePercent,
      tutor_pay_percent: policy.lateCancel.tutorPayPercent,
      steps: policy.lateCancel.steps.map((step) => ({
        under_hours: step.underHours,
        client_charge_percent: step.clientChargePercent,
        tutor_pay_percent: step.tutorPayPercent,
      })),
      free_per_term: policy.lateCancel.freePerTerm,
      full_pay_minutes: policy.lateCancel.fullPayMinutes,
    },
    make_up: { on: policy.makeUp.on, valid_days: policy.makeUp.validDays },
    mileage: { rate_per_mile: policy.mileage.ratePerMile },
    invoice: { due_days: policy.invoice.dueDays },
  };
}

/** A program with a shorter notice has no use for the organisation's steps above it. */
function fitting(rules: StoredPolicies): StoredPolicies {
  const { notice_hours: notice, steps } = rules.late_cancel;
  return { ...rules, late_cancel: { ...rules.late_cancel, steps: steps.filter((step) => step.under_hours < notice) } };
}

function merge(base: object, over: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  if (!isRecord(over)) return result;
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined || !(key in base)) continue;
    const below = result[key];
    result[key] = isRecord(below) && isRecord(value) ? merge(below, value) : value;
  }
  return result;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
