import { z } from 'zod';
import { wholeNumber } from '#app/domain/people/fields.ts';

/** "30, 45 60" as typed, or numbers, into distinct lengths in order. */
export const durationList = z
  .union([z.string(), z.array(z.coerce.number())])
  .transform((value) =>
    typeof value === 'string'
      ? value
          .split(/[\s,;]+/)
          .filter(Boolean)
          .map(Number)
      : value,
  )
  .pipe(
    z
      .array(
        z
          .number('Enter minutes separated by commas, such as 30, 45, 60')
          .int('Enter whole minutes')
          .min(5, 'A session lasts at least 5 minutes')
          .max(720, 'A session lasts at most 720 minutes'),
      )
      .max(24, 'Enter at most 24 lengths'),
  )
  .transform((minutes) => [...new Set(minutes)].sort((a, b) => a - b));

/** Sessions begin at whole multiples of it, counted from the hour. */
export const gridMinutes = wholeNumber(1, 60, 'minutes').refine(
  (minutes) => 60 % minutes === 0,
  'Enter a part of the hour: 1, 5, 10, 15, 20, 30 or 60 minutes',
);
