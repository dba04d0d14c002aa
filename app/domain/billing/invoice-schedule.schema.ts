import { z } from 'zod';
import { calendarDay, checkbox, requiredText } from '#app/domain/people/fields.ts';

export const SCHEDULE_EVERY = ['week', 'fortnight', 'month'] as const;
export type ScheduleEvery = (typeof SCHEDULE_EVERY)[number];

export const everyLabel: Record<ScheduleEvery, string> = {
  week: 'Every week',
  fortnight: 'Every two weeks',
  month: 'Every month',
};

export const SCHEDULE_DOES = ['prepare', 'issue'] as const;

export const doesLabel: Record<(typeof SCHEDULE_DOES)[number], string> = {
  prepare: 'Tell the administrators, who look and confirm',
  issue: 'Issue by itself where nothing stands in the way',
};

export const scheduleSchema = z.object({
  name: requiredText('Give it a name, such as “Monthly”'),
  every: z.enum(SCHEDULE_EVERY, 'Choose how often'),
  nextOn: calendarDay('Enter a day'),
  does: z.enum(SCHEDULE_DOES, 'Choose what it does'),
  paused: checkbox,
});
export type ScheduleValues = z.output<typeof scheduleSchema>;
