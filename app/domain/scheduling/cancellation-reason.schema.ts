import { z } from 'zod';
import { recordId, requiredText, version } from '#app/domain/people/fields.ts';

/** Who may give a reason, in the order the pages list them. Browser-safe. */
export const SAID_BY = ['client', 'tutor', 'office'] as const;
export type SaidBy = (typeof SAID_BY)[number];

export const saidByNames: Record<SaidBy, string> = { client: 'Families', tutor: 'Tutors', office: 'The office' };

export const cancellationReasonSchema = z.object({
  label: requiredText('Say the reason in a few words', 80),
  saidBy: z.array(z.enum(SAID_BY)).min(1, 'Choose at least one who may give it'),
});
export type CancellationReasonValues = z.output<typeof cancellationReasonSchema>;

export const cancellationReasonEditSchema = cancellationReasonSchema.extend({ id: recordId, version });
export type CancellationReasonEdit = z.output<typeof cancellationReasonEditSchema>;

/** What was chosen and what was said, as one line for mails and stories. */
export function reasonText(label: string | null | undefined, words: string): string {
  return [label ?? '', words.trim()].filter(Boolean).join(': ');
}
