import { z } from 'zod';
import { freeText, optional, requiredText, wholeNumber } from '#app/domain/people/fields.ts';

/** A name goes into the heads of mails and into lists: one line, whatever was pasted. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

const invitedSchema = z.object({
  name: requiredText('Enter their name').transform(oneLine),
  email: z
    .string('Enter their e-mail address')
    .trim()
    .toLowerCase()
    .min(1, 'Enter their e-mail address')
    .max(254, 'Keep it under 254 characters')
    .pipe(z.email('Enter an e-mail address like name@example.org')),
});
/** Somebody new, who pays for themselves until the office says otherwise. */
export type Invited = z.output<typeof invitedSchema>;

const fields = z.object({
  /** Chosen by the form, so that a double click starts one session. */
  id: z.uuid('Load this page again'),
  tutorId: z.uuid('Choose a tutor'),
  /** One of the two: a student who is there, or somebody new. */
  studentId: optional(z.uuid('Choose a student')),
  invite: optional(invitedSchema),
  programId: z.uuid('Choose a program'),
  subjectId: z.uuid('Choose a subject'),
  durationMinutes: wholeNumber(1, 1440, 'minutes'),
  billable: z.enum(['yes', 'no'], 'Choose whether it is billed').transform((value) => value === 'yes'),
  /** Shown instead of the subject. */
  title: freeText(200),
  description: freeText(5000),
  /** Default: as a booking chooses it, if it can be had at once, else the first that can. */
  meetingInstallId: optional(z.uuid('Choose a room')),
});

export const startInstantSchema = fields.superRefine(({ studentId, invite }, ctx) => {
  if (studentId && invite)
    ctx.addIssue({
      code: 'custom',
      path: ['invite', 'email'],
      message: 'Choose a student or invite somebody new, not both',
    });
  if (!studentId && !invite)
    ctx.addIssue({ code: 'custom', path: ['studentId'], message: 'Choose a student, or invite somebody new' });
});
export type StartInstantInput = z.output<typeof startInstantSchema>;

/** What has to be chosen before it can be said what starting now would mean. */
export const previewInstantSchema = fields.pick({
  tutorId: true,
  studentId: true,
  programId: true,
  subjectId: true,
  durationMinutes: true,
  meetingInstallId: true,
});
export type PreviewInstantInput = z.output<typeof previewInstantSchema>;
