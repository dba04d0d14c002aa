import { z } from 'zod';
import { namedEditSchema } from '#app/domain/named-lists/named-list.ts';
import { PAY_CALENDARS } from './pay-calendar.ts';

const message = 'Enter the first day of a period';

export const payGroupSchema = namedEditSchema.extend({
  calendar: z.enum(PAY_CALENDARS, 'Choose how often it is paid'),
  startsOn: z
    .string(message)
    .trim()
    .refine((day) => {
      const date = new Date(`${day}T00:00:00Z`);
      return /^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
    }, message),
});
export type PayGroupEdit = z.output<typeof payGroupSchema>;
