import { z } from 'zod';

/**
 * The rules of completion, absences and lateness. Stored with snake_case keys as they come in an import; percentages
 * and amounts are exact decimals, kept as strings in their shortest form ('33', '12.5').
 */

const decimal = (max: number, message: string) =>
  z
    .union([z.string(), z.number()], message)
    .transform((value) => String(value).trim())
    .refine((text) => /^\d{1,9}(\.\d{1,4})?$/.test(text) && Number(text) <= max, message)
    .transform(shortestDecimal);

const percent = decimal(100, 'Enter a percentage from 0 to 100, such as 50 or 12.5');

export const COMPLETIONS = ['auto', 'closeout', 'approval'] as const;
export const PAY_BASES = ['tutor_pay', 'session_fee'] as const;

const noShow = z.object({
  wait_percent: percent,
  client_charge_percent: percent,
  tutor_pay_percent: percent,
  pay_base: z.enum(PAY_BASES, 'Choose what the tutor’s share is taken of'),
});

const lateCancel = z.object({
  notice_hours: z.coerce
    .number('Enter a number of hours')
    .min(0, 'Enter 0 or more hours')
    .max(720, 'Enter at most 720 hours (30 days)'),
  client_charge_percent: percent,
  tutor_pay_percent: percent,
});

const mileage = z.object({
  rate_per_mile: decimal(1000, 'Enter an amount for one mile, such as 0.67'),
});

const invoice = z.object({
  due_days: z.coerce
    .number('Enter a number of days')
    .int('Enter whole days')
    .min(0, 'Enter 0 or more days')
    .max(365, 'Enter at most 365 days'),
});

/** As a form sends it, or as it is stored. */
const yesOrNo = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'Choose yes or no')
  .transform((value) => value === true || value === 'true');

const completion = z.enum(COMPLETIONS, 'Choose when a session counts as done');

export interface StoredPolicies {
  completion: (typeof COMPLETIONS)[number];
  two_durations: boolean;
  no_show: {
    wait_percent: string;
    client_charge_percent: string;
    tutor_pay_percent: string;
    pay_base: (typeof PAY_BASES)[number];
  };
  late_cancel: { notice_hours: number; client_charge_percent: string; tutor_pay_percent: string };
  mileage: { rate_per_mile: string };
  invoice: { due_days: number };
}

export const defaultPolicies: StoredPolicies = {
  completion: 'closeout',
  two_durations: false,
  no_show: { wait_percent: '33', client_charge_percent: '50', tutor_pay_percent: '50', pay_base: 'tutor_pay' },
  late_cancel: { notice_hours: 24, client_charge_percent: '50', tutor_pay_percent: '25' },
  mileage: { rate_per_mile: '0' },
  invoice: { due_days: 14 },
};

/** The organisation's policies, every rule given; keys it doesn't know (such as `credits`) are dropped. */
export const policiesSchema: z.ZodType<StoredPolicies> = z.object({
  completion,
  two_durations: yesOrNo.default(false),
  no_show: noShow,
  late_cancel: lateCancel,
  mileage,
  invoice,
});

/** What a program says differently: any part may be missing, and the organisation's holds. Due days are the client's affair, so not here. */
export const policyOverridesSchema = z.object({
  completion: completion.optional(),
  two_durations: yesOrNo.optional(),
  no_show: noShow.partial().optional(),
  late_cancel: lateCancel.partial().optional(),
  mileage: mileage.partial().optional(),
});
export type PolicyOverrides = z.infer<typeof policyOverridesSchema>;

/** The rules in force for a session. */
export interface Policy {
  completion: (typeof COMPLETIONS)[number];
  /** A close-out says apart how long is billed and how long the tutor is paid. */
  twoDurations: boolean;
  noShow: { waitPercent: string; clientChargePercent: string; tutorPayPercent: string; payBase: (typeof PAY_BASES)[number] };
  lateCancel: { noticeHours: number; clientChargePercent: string; tutorPayPercent: string };
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
  return policyOf(policiesSchema.parse(merge(base, policyOverridesSchema.parse(programOverrides ?? {}))));
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
    },
    lateCancel: {
      noticeHours: rules.late_cancel.notice_hours,
      clientChargePercent: rules.late_cancel.client_charge_percent,
      tutorPayPercent: rules.late_cancel.tutor_pay_percent,
    },
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
    },
    late_cancel: {
      notice_hours: policy.lateCancel.noticeHours,
      client_charge_percent: policy.lateCancel.clientChargePercent,
      tutor_pay_percent: policy.lateCancel.tutorPayPercent,
    },
    mileage: { rate_per_mile: policy.mileage.ratePerMile },
    invoice: { due_days: policy.invoice.dueDays },
  };
}

/** '33.0' and '033' are '33': one form, so that equal rules have one hash. */
export function shortestDecimal(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${kept === '' ? '' : `.${kept}`}`;
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
