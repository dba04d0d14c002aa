import { z } from 'zod';
import { isId } from '#app/domain/is-id.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

/** How far a goal is, in words; in this order from 1 to 5. */
export const ratingWords = ['not begun', 'begun', 'half way', 'nearly there', 'reached'] as const;

export const GOAL_STATES = ['open', 'reached', 'dropped'] as const;
export type GoalState = (typeof GOAL_STATES)[number];
export const goalStateNames: Record<GoalState, string> = { open: 'Working on it', reached: 'Reached', dropped: 'Dropped' };

const blankIsNull = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? null : value), schema.nullable());

/** What is typed of a goal. */
export const goalValues = z.object({
  title: z.string('Say what it is').trim().min(1, 'Say what it is').max(200, 'At most 200 characters'),
  description: z.string().trim().max(2000, 'At most 2,000 characters').default(''),
  subjectId: blankIsNull(z.string().refine(isId, 'Choose a subject')).default(null),
  dueOn: blankIsNull(z.string().refine(isLocalDate, 'Enter a date')).default(null),
  /** Families see it. */
  shared: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
});

export const goalEdit = goalValues.extend({
  goalId: z.uuid(),
  version: z.coerce.number().int(),
  status: z.enum(GOAL_STATES, 'Choose how it stands'),
});
