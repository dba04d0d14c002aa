import { z } from 'zod';
import {
  checkbox,
  freeText,
  optional,
  optionalId,
  recordId,
  requiredText,
  version,
  wholeNumber,
  withoutBlanks,
} from '#app/domain/people/fields.ts';
import { schedulingOverridesSchema } from '#app/domain/scheduling/scheduling-rules.ts';
import { durationList, gridMinutes } from './durations.ts';
import { policyOverridesSchema, shortestDecimal } from './policy.schema.ts';

export const PROGRAM_KINDS = ['one_to_one', 'group', 'course'] as const;
export const CHARGE_BASES = ['per_student', 'split'] as const;

const taxPercent = z
  .union([z.string().trim(), z.number().transform(String)])
  .refine(
    (text) => /^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100,
    'Enter a percentage from 0 to 100, such as 0 or 13.5',
  )
  .transform(shortestDecimal);

const fields = z.object({
  name: requiredText('Enter a name'),
  kind: z.enum(PROGRAM_KINDS, 'Choose what kind of teaching it is'),
  capacity: wholeNumber(1, 500, 'students'),
  chargeBasis: z.enum(CHARGE_BASES, 'Choose how a session is charged'),
  taxPercent,
  description: freeText(2000),
  /** Empty: the organisation's. */
  durations: durationList.default([]).transform((list) => (list.length === 0 ? null : list)),
  /** Empty: the organisation's. */
  gridMinutes: optional(gridMinutes),
  defaultDuration: optional(wholeNumber(5, 720, 'minutes')),
  meetingInstallId: optionalId('Choose where sessions take place'),
  policyOverrides: z.preprocess(saidDifferently, policyOverridesSchema).default({}),
  schedulingOverrides: z.preprocess(withoutBlanks, schedulingOverridesSchema).default({}),
  /** Can be chosen on the public booking page. */
  inStorefront: checkbox,
});

/** Of a form: what is left blank is the organisation's, and so are its steps of notice unless the box says that there are none. */
function saidDifferently(typed: unknown): unknown {
  const kept = withoutBlanks(typed);
  if (typeof kept !== 'object' || kept === null || !('late_cancel' in kept)) return kept;
  const { late_cancel: rules } = kept;
  if (typeof rules !== 'object' || rules === null || !('no_steps' in rules)) return kept;
  const { no_steps: _, ...late_cancel } = rules;
  return { ...kept, late_cancel: { ...late_cancel, steps: [] } };
}

type Fields = z.output<typeof fields>;

const checks = <T extends Fields>(program: T, ctx: z.RefinementCtx) => {
  if (program.kind === 'one_to_one' && program.capacity !== 1) {
    ctx.addIssue({
      code: 'custom',
      path: ['capacity'],
      message: 'One-to-one teaching takes 1 student. Choose group or course for more.',
    });
  }
  if (program.durations && program.defaultDuration !== null && !program.durations.includes(program.defaultDuration)) {
    ctx.addIssue({
      code: 'custom',
      path: ['defaultDuration'],
      message: `Choose one of this program's lengths: ${program.durations.join(', ')} minutes`,
    });
  }
};

export const programSchema = fields.superRefine(checks);
export type ProgramValues = z.output<typeof programSchema>;

export const programEditSchema = fields.extend({ id: recordId, version }).superRefine(checks);
export type ProgramEdit = z.output<typeof programEditSchema>;
