import { z } from 'zod';
import { SCORE_PARTS, type ScorePart } from './match-facts.ts';

/** What the admin sets of matching, stored in `organisation.matching`. Weights are whole points. Browser-safe. */

const whole = (min: number, max: number, what: string) => {
  const message = `Enter ${what} from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
};

export const matchingRulesSchema = z.object({
  /** The most points each part of a score can bring. */
  weights: z.object(
    Object.fromEntries(SCORE_PARTS.map((part) => [part, whole(0, 100, 'a whole number of points')])) as Record<
      ScorePart,
      ReturnType<typeof whole>
    >,
  ),
  /** How long a tutor has to answer an offer. */
  answerHours: whole(1, 720, 'a number of hours'),
  /** How long before that they are reminded; 0: never. */
  remindHours: whole(0, 720, 'a number of hours'),
});
export type MatchingRules = z.output<typeof matchingRulesSchema>;

export const defaultMatchingRules: MatchingRules = {
  weights: { times: 30, continuity: 20, load: 15, distance: 15, wishes: 15, outcomes: 5 },
  answerHours: 48,
  remindHours: 12,
};

/** The stored rules with everything that is missing filled from the defaults. */
export function readMatchingRules(stored: unknown): MatchingRules {
  const said = (stored ?? {}) as Partial<MatchingRules>;
  return matchingRulesSchema.parse({
    ...defaultMatchingRules,
    ...said,
    weights: { ...defaultMatchingRules.weights, ...said.weights },
  });
}
