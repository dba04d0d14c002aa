import { z } from 'zod';
import { checkbox, wholeNumber } from '#app/domain/people/fields.ts';
import { closeOutRulesSchema } from './close-out-rules.ts';

const MOST_TIMES = 5;

/** "2, 24" in hours, as the form has it, are the minutes the rule keeps: 120 and 1440; each once, the earliest first. */
const hoursAsMinutes = z
  .string()
  .trim()
  .transform((typed) => [...new Set(typed.split(/[\s,;]+/).filter(Boolean))].map((part) => Math.round(Number(part) * 60)))
  .refine(
    (minutes) => minutes.length <= MOST_TIMES && minutes.every((one) => one >= 15 && one <= 10_080),
    `Enter up to ${MOST_TIMES} numbers of hours from 0.25 to 168, such as 2, 24`,
  )
  .transform((minutes) => minutes.toSorted((a, b) => a - b));

/** All rules of close-outs as their form sends them: a box that is not ticked is not sent. */
export const closeOutRulesForm = closeOutRulesSchema.extend({
  lock_times: checkbox,
  notes_required: checkbox,
  ask_ratings: checkbox,
  ask_summary: checkbox,
  families_see_notes: checkbox,
  families_see_homework: checkbox,
  families_see_goals: checkbox,
  mail_summary: checkbox,
  chase: checkbox,
  chase_minutes: hoursAsMinutes,
  chase_daily: checkbox,
  chase_office_hours: wholeNumber(1, 720, 'hours'),
  feedback: checkbox,
  feedback_every: wholeNumber(0, 100, 'sessions'),
});

export const minutesAsHours = (minutes: readonly number[]): string => minutes.map((one) => String(one / 60)).join(', ');
