import { z } from 'zod';
import { freeText, optional, recordId, requiredText, version, wholeNumber } from '#app/domain/people/fields.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { CLEARANCE_STATUSES, REQUIRED } from './clearance.ts';

const day = optional(z.string().trim().refine(isLocalDate, 'Enter a date'));

const remindDays = z
  .preprocess(
    (sent) => (typeof sent === 'string' ? sent.split(/[\s,;]+/).filter(Boolean) : sent),
    z.array(wholeNumber(0, 365, 'days')).max(10, 'Ten reminders are the most'),
  )
  .transform((days) => [...new Set(days)].sort((a, b) => b - a));

export const clearanceTypeSchema = z.object({
  name: requiredText('Enter a name', 80),
  /** Whom the lack of a valid one keeps from being matched. */
  required: z.enum(REQUIRED, 'Choose who needs it'),
  validMonths: optional(wholeNumber(1, 240, 'months')),
  /** Days before the end. */
  remindDays,
});
export type ClearanceTypeValues = z.output<typeof clearanceTypeSchema>;

export const clearanceTypeEditSchema = clearanceTypeSchema.extend({ id: recordId, version });
export type ClearanceTypeEdit = z.output<typeof clearanceTypeEditSchema>;

const facts = z.object({
  number: freeText(80),
  issuedOn: day,
  expiresOn: day,
});

const inOrder = ({ issuedOn, expiresOn }: { issuedOn: string | null; expiresOn: string | null }) =>
  issuedOn === null || expiresOn === null || expiresOn >= issuedOn;
const backwards = { path: ['expiresOn'], error: 'It can’t run out before it is issued' };

/** As tutor or office send one in. */
export const newClearanceSchema = facts
  .extend({
    /** Chosen by the form, so that sending it twice adds one. */
    id: recordId,
    typeId: z.uuid('Choose what it is'),
    /** Of the office's: it has seen the paper and found it in order. */
    checked: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
  })
  .refine(inOrder, backwards);
export type NewClearance = z.output<typeof newClearanceSchema>;

/** As the office checks or corrects one. */
export const clearanceEditSchema = facts
  .extend({
    id: recordId,
    version,
    status: z.enum(CLEARANCE_STATUSES, 'Say what you found'),
    /** Told to the tutor where it is not accepted. */
    note: freeText(500),
  })
  .refine(inOrder, backwards)
  .refine(({ status, note }) => status !== 'rejected' || note !== '', {
    path: ['note'],
    error: 'Say why, so that the tutor can send the right one',
  });
export type ClearanceEdit = z.output<typeof clearanceEditSchema>;
