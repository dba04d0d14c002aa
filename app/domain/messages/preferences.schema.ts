import { z } from 'zod';
import { DECLINABLE_KINDS, FEWEST_MINUTES, MOST_MINUTES, MOST_REMINDERS } from './preferences.ts';
import type { PreferencesInput } from './save-preferences.server.ts';

/** The form of the preferences, as it is sent; read by `readRecord` with `preferencesLists`. */

export const preferencesLists = ['offered', 'wanted', 'minutes'] as const;

export const preferencesForm = z
  .object({
    /** The kinds that the form shows: of others it says nothing. */
    offered: z.array(z.enum(DECLINABLE_KINDS)),
    wanted: z.array(z.enum(DECLINABLE_KINDS)),
    /** Of reminders: at the company's times or at times of one's own. Missing where nothing can be chosen. */
    times: z.enum(['usual', 'own']).optional(),
    minutes: z
      .array(z.coerce.number().int().min(FEWEST_MINUTES).max(MOST_MINUTES))
      .max(MOST_REMINDERS, `Choose ${MOST_REMINDERS} times at most`),
  })
  .refine(({ times, minutes, wanted }) => times !== 'own' || minutes.length > 0 || !wanted.includes('reminders'), {
    path: ['minutes'],
    message: 'Choose when, or take the usual times',
  })
  .transform(({ offered, wanted, times, minutes }): PreferencesInput['said'] => {
    const own = times === 'own' && minutes.length > 0 ? minutes : null;
    return Object.fromEntries(
      offered.map((kind) => [kind, { wanted: wanted.includes(kind), minutesBefore: kind === 'reminders' ? own : null }]),
    );
  });
