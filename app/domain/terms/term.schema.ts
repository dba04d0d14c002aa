import { z } from 'zod';
import { recordId, requiredText, version } from '#app/domain/people/fields.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

const day = z.string('Enter a day').trim().refine(isLocalDate, 'Enter a day');

const fields = z.object({ name: requiredText('Enter a name, such as Spring 2026', 80), startsOn: day, endsOn: day });

const inOrder = (term: { startsOn: string; endsOn: string }, ctx: z.RefinementCtx) => {
  if (term.endsOn < term.startsOn)
    ctx.addIssue({ code: 'custom', path: ['endsOn'], message: 'The last day can’t be before the first' });
};

/** A span of the company's own that free cancellations are counted in. */
export const termSchema = fields.superRefine(inOrder);
export type TermValues = z.output<typeof termSchema>;

export const termEditSchema = fields.extend({ id: recordId, version }).superRefine(inOrder);
export type TermEdit = z.output<typeof termEditSchema>;
