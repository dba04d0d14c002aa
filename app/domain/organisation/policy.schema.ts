import { z } from 'zod';
import { MOST_STEPS } from './policy-limits.ts';

/**
 * The rules of completion, absences and lateness as they are stored: snake_case keys as they come in an import; percentages
 * and amounts are exact decimals, kept as strings in their shortest form ('33', '12.5').
 */

const decimal = (max: number, message: string) =>
  z
    .union([z.string(), z.number()], message)
    .transform((value) => String(value).trim())
    .refine((text) => /^\d{1,9}(\.\d{1,4})?$/.test(text) && Number(text) <= max, message)
    .transform(shortestDecimal);

const percent = decimal(100, 'Enter a percentage from 0 to 100, such as 50 or 12.5');

const whole = (what: string, max: number) =>
  z.coerce
    .number(`Enter a number of ${what}`)
    .int(`Enter whole ${what}`)
    .min(0, 'Enter 0 or more')
    .max(max, `Enter at most ${max} ${what}`);

export const COMPLETIONS = ['auto', 'closeout', 'approval'] as const;
export const PAY_BASES = ['tutor_pay', 'session_fee'] as const;
export const MAKE_UPS = ['never', 'late_cancel', 'no_show', 'both'] as const;

const noShow = z.object({
  wait_percent: percent,
  client_charge_percent: percent,
  tutor_pay_percent: percent,
  pay_base: z.enum(PAY_BASES, 'Choose what the tutor’s share is taken of'),
  full_pay_minutes: whole('minutes', 1440).default(0),
});

const hours = z.coerce
  .number('Enter a number of hours')
  .min(0, 'Enter 0 or more hours')
  .max(720, 'Enter at most 720 hours (30 days)');

const step = z.object({
  under_hours: hours.refine((value) => value > 0, 'Enter more than 0 hours'),
  client_charge_percent: percent,
  tutor_pay_percent: percent,
});

const isBlank = (row: unknown) =>
  row === null || (typeof row === 'object' && Object.values(row).every((value) => value === undefined || value === ''));

/** Rows of a form come by their number, and one that is left blank is none. */
const stepRows = z.preprocess(
  (rows) => (typeof rows === 'object' && rows !== null && !Array.isArray(rows) ? byNumber(rows) : rows),
  z
    .array(
      z.preprocess((row) => (row === undefined || isBlank(row) ? null : row), step.nullable()),
      'Say the steps one by one',
    )
    .max(MOST_STEPS, `At most ${MOST_STEPS} steps`),
);

function byNumber(rows: object): unknown[] {
  const list: unknown[] = [];
  for (const [key, value] of Object.entries(rows)) if (/^\d{1,2}$/.test(key)) list[Number(key)] = value;
  return Array.from(list, (row) => row ?? null);
}

const lateCancelFields = z.object({
  notice_hours: hours,
  client_charge_percent: percent,
  tutor_pay_percent: percent,
  steps: stepRows.default([]),
  free_per_term: whole('cancellations', 50).default(0),
  full_pay_minutes: whole('minutes', 1440).default(0),
});

type Row = StoredStep | null;

function checkSteps(rules: { notice_hours?: number | undefined; steps?: Row[] | undefined }, ctx: z.RefinementCtx): void {
  const seen = new Set<number>();
  for (const [index, row] of (rules.steps ?? []).entries()) {
    if (!row) continue;
    const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: ['steps', index, 'under_hours'], message });
    if (seen.has(row.under_hours)) refuse(`There is a step under ${row.under_hours} hours already`);
    else if (rules.notice_hours !== undefined && row.under_hours >= rules.notice_hours)
      refuse(`Enter less than the ${rules.notice_hours} hours of notice above`);
    seen.add(row.under_hours);
  }
}

/** In one order, the longest notice first: equal rules are written the same. */
const tidy = <R extends { steps?: Row[] | undefined }>({ steps, ...rules }: R) => ({
  ...rules,
  ...(steps === undefined
    ? {}
    : { steps: steps.filter((row): row is StoredStep => row !== null).sort((a, b) => b.under_hours - a.under_hours) }),
});

const lateCancel = lateCancelFields.superRefine(checkSteps).transform((rules) => ({ ...rules, steps: tidy(rules).steps ?? [] }));

const makeUp = z.object({
  on: z.enum(MAKE_UPS, 'Choose what may be made up for'),
  valid_days: whole('days', 366).refine((days) => days > 0, 'Enter 1 or more days'),
});

const mileage = z.object({
  rate_per_mile: decimal(1000, 'Enter an amount for one mile, such as 0.67'),
});

const invoice = z.object({ due_days: whole('days', 365) });

/** As a form sends it, or as it is stored. */
const yesOrNo = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'Choose yes or no')
  .transform((value) => value === true || value === 'true');

const completion = z.enum(COMPLETIONS, 'Choose when a session counts as done');

export interface StoredStep {
  under_hours: number;
  client_charge_percent: string;
  tutor_pay_percent: string;
}

export interface StoredPolicies {
  completion: (typeof COMPLETIONS)[number];
  two_durations: boolean;
  no_show: {
    wait_percent: string;
    client_charge_percent: string;
    tutor_pay_percent: string;
    pay_base: (typeof PAY_BASES)[number];
    full_pay_minutes: number;
  };
  late_cancel: {
    notice_hours: number;
    client_charge_percent: string;
    tutor_pay_percent: string;
    steps: StoredStep[];
    free_per_term: number;
    full_pay_minutes: number;
  };
  make_up: { on: (typeof MAKE_UPS)[number]; valid_days: number };
  mileage: { rate_per_mile: string };
  invoice: { due_days: number };
}

export const defaultPolicies: StoredPolicies = {
  completion: 'closeout',
  two_durations: false,
  no_show: {
    wait_percent: '33',
    client_charge_percent: '50',
    tutor_pay_percent: '50',
    pay_base: 'tutor_pay',
    full_pay_minutes: 0,
  },
  late_cancel: {
    notice_hours: 24,
    client_charge_percent: '50',
    tutor_pay_percent: '25',
    steps: [],
    free_per_term: 0,
    full_pay_minutes: 0,
  },
  make_up: { on: 'never', valid_days: 30 },
  mileage: { rate_per_mile: '0' },
  invoice: { due_days: 14 },
};

/** The organisation's policies, every rule given; keys it doesn't know (such as `credits`) are dropped. */
export const policiesSchema: z.ZodType<StoredPolicies> = z.object({
  completion,
  two_durations: yesOrNo.default(false),
  no_show: noShow,
  late_cancel: lateCancel,
  make_up: makeUp.default(defaultPolicies.make_up),
  mileage,
  invoice,
});

/** What a program says differently: any part may be missing, and the organisation's holds. Due days are the client's affair, so not here. */
export const policyOverridesSchema = z.object({
  completion: completion.optional(),
  two_durations: yesOrNo.optional(),
  no_show: noShow
    .extend({ full_pay_minutes: whole('minutes', 1440) })
    .partial()
    .optional(),
  late_cancel: lateCancelFields
    .extend({
      steps: stepRows,
      free_per_term: whole('cancellations', 50),
      full_pay_minutes: whole('minutes', 1440),
    })
    .partial()
    .superRefine(checkSteps)
    .transform(tidy)
    .optional(),
  make_up: makeUp.partial().optional(),
  mileage: mileage.partial().optional(),
});
export type PolicyOverrides = z.infer<typeof policyOverridesSchema>;

/** '33.0' and '033' are '33': one form, so that equal rules have one hash. */
export function shortestDecimal(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${kept === '' ? '' : `.${kept}`}`;
}
