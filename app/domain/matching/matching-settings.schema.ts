import { z } from 'zod';
import { version } from '#app/domain/people/fields.ts';
import { matchingRulesSchema } from './matching-rules.ts';

export const matchingSettingsSchema = z.object({
  matching: matchingRulesSchema
    .refine(({ weights }) => Object.values(weights).some((weight) => weight > 0), {
      path: ['weights', 'times'],
      message: 'Give at least one part some points',
    })
    .refine(({ answerHours, remindHours }) => remindHours < answerHours, {
      path: ['remindHours'],
      message: 'Enter fewer hours than there are to answer',
    }),
  version,
});
export type MatchingSettings = z.output<typeof matchingSettingsSchema>;
