import { z } from 'zod';
import { MAIL_EVENTS } from './mail-events.ts';
import { readMessageRules } from './message-rules.ts';
import { FEWEST_MINUTES, MOST_MINUTES } from './preferences.ts';

/** The form of reminders, quiet hours and who gets what, as it is sent. */

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;

/** "1 day, 2 hours" -> [1440, 120]; a number alone means hours. Throws nothing: undefined for what is no list of times. */
export function readTimes(text: string): number[] | undefined {
  const parts = text
    .split(/[,;]|\band\b/i)
    .map((part) => part.trim())
    .filter(Boolean);
  const times: number[] = [];
  for (const part of parts) {
    const [, number = '', unit = 'h'] = /^(\d{1,5}(?:\.\d)?)\s*(minutes?|mins?|m|hours?|h|days?|d|weeks?|w)?$/i.exec(part) ?? [];
    if (number === '') return undefined;
    const letter = unit[0]?.toLowerCase();
    const each = letter === 'm' ? UNITS.minutes : letter === 'd' ? UNITS.days : letter === 'w' ? UNITS.days * 7 : UNITS.hours;
    times.push(Math.round(Number(number) * each));
  }
  return [...new Set(times)].sort((a, b) => b - a);
}

const times = z.string().transform((text, context) => {
  const minutes = readTimes(text);
  if (!minutes || minutes.some((one) => one < FEWEST_MINUTES || one > MOST_MINUTES)) {
    context.addIssue({ code: 'custom', message: 'Enter times such as “1 day, 2 hours”, from 5 minutes to 14 days' });
    return z.NEVER;
  }
  if (minutes.length > 5) {
    context.addIssue({ code: 'custom', message: 'Enter 5 times at most' });
    return z.NEVER;
  }
  return minutes;
});

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time such as 21:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const box = z.literal('on').optional().transform(Boolean);

export const sendingRulesForm = z
  .object({
    remind_family: times,
    remind_student: times,
    remind_tutor: times,
    families_choose: box,
    quiet: box,
    quiet_from: clock,
    quiet_to: clock,
    /** What is ticked of the table, "event:audience". */
    sent: z.array(z.string().max(100)).max(300),
  })
  .transform(({ sent, ...rules }) => ({ ...rules, not_sent: notSentOf(sent) }));

/** A row of the table for each mail that can be switched off for somebody. Reminders have times of their own. */
export const CHOICES = MAIL_EVENTS.filter(([template]) => template !== 'session-reminder').map(([template, event]) => ({
  template,
  ...event,
}));

function notSentOf(sent: readonly string[]): string[] {
  const ticked = new Set(sent);
  return CHOICES.flatMap(({ template, to, always }) =>
    to.filter((one) => !always.includes(one) && !ticked.has(`${template}:${one}`)).map((one) => `${template}:${one}`),
  );
}

const two = (number: number) => String(number).padStart(2, '0');
export const clockText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** What holds, as the form shows it. */
export function sendingFormValues(stored: unknown, words: (minutes: readonly number[]) => string) {
  const rules = readMessageRules(stored);
  const off = new Set(rules.not_sent);
  return {
    remind_family: [words(rules.remind_family)],
    remind_student: [words(rules.remind_student)],
    remind_tutor: [words(rules.remind_tutor)],
    families_choose: rules.families_choose ? ['on'] : [],
    quiet: rules.quiet ? ['on'] : [],
    quiet_from: [clockText(rules.quiet_from)],
    quiet_to: [clockText(rules.quiet_to)],
    sent: CHOICES.flatMap(({ template, to }) => to.map((one) => `${template}:${one}`).filter((key) => !off.has(key))),
  };
}
