import { z } from 'zod';

/**
 * The rules of planning as data: the organisation's are whole, a program's and a tutor's say what differs. Minutes, hours
 * and days are whole numbers; null means no limit. Browser-safe.
 */

const whole = (min: number, max: number, unit: string) => {
  const message = `Enter a whole number of ${unit} from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
};
const orNone = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());
const yesNo = z.preprocess(
  (value) => (value === 'true' || value === 'on' ? true : value === 'false' ? false : value),
  z.boolean(),
);

/** What tutors may do by themselves with the students engaged to them. */
const tutorRights = z.object({ book: yesNo, move: yesNo, cancel: yesNo });

/** What families may do: ask for a time, or book, move and cancel at once. */
const familyRights = z.object({ request: yesNo, book: yesNo, move: yesNo, cancel: yesNo });

export const UNSET_AVAILABILITY = ['never', 'always'] as const;
export const STOREFRONT_CONFIRMS = ['at_once', 'approval'] as const;

export const schedulingRulesSchema = z.object({
  /** How a tutor without any hours is read. */
  unsetAvailability: z.enum(UNSET_AVAILABILITY, 'Choose how a tutor without hours is read'),
  /** How long before its start a tutor or a family may still book. */
  minNoticeMinutes: whole(0, 43_200, 'minutes'),
  /** How far ahead a tutor or a family may book, and an open series is rolled. */
  horizonDays: whole(1, 730, 'days'),
  /** Of one tutor, in local days and ISO weeks of the tutor's zone. */
  maxMinutesPerDay: orNone(whole(15, 1440, 'minutes')),
  maxMinutesPerWeek: orNone(whole(15, 10_080, 'minutes')),
  tutor: tutorRights,
  family: familyRights,
  /** Who answers what a family asks for. */
  requestsTo: z.enum(['office', 'tutor'], 'Choose who answers requests'),
  /** Whether tutor and family see each other's phone and e-mail. */
  contactsVisible: yesNo,
  /** After so many hours an engagement with nothing booked is chased, the office told after as many more; null: never. */
  engagementIdleHours: orNone(whole(1, 2160, 'hours')),
  storefront: z.object({
    enabled: yesNo,
    confirm: z.enum(STOREFRONT_CONFIRMS, 'Choose when a booking is firm'),
    holdMinutes: whole(2, 60, 'minutes'),
    /** Origins that may show /book/embed in a frame; empty: any. */
    embedOrigins: z.array(z.url('Enter an address such as https://www.example.org')).max(50),
  }),
  travel: z.object({
    /** Between two places of which nothing is known. */
    defaultMinutes: whole(0, 240, 'minutes'),
    /** As the crow flies, between coordinates. */
    speedKmh: whole(3, 130, 'km an hour'),
  }),
});
export type SchedulingRules = z.output<typeof schedulingRulesSchema>;

/** What a program or a tutor says differently. The storefront's and travel's settings are the organisation's alone. */
export const schedulingOverridesSchema = schedulingRulesSchema
  .omit({ storefront: true, travel: true, unsetAvailability: true })
  .partial()
  .extend({ tutor: tutorRights.partial().optional(), family: familyRights.partial().optional() });
export type SchedulingOverrides = z.output<typeof schedulingOverridesSchema>;

export const defaultSchedulingRules: SchedulingRules = {
  unsetAvailability: 'always',
  minNoticeMinutes: 12 * 60,
  horizonDays: 90,
  maxMinutesPerDay: null,
  maxMinutesPerWeek: null,
  tutor: { book: false, move: false, cancel: false },
  family: { request: true, book: false, move: false, cancel: true },
  requestsTo: 'office',
  contactsVisible: false,
  engagementIdleHours: 72,
  storefront: { enabled: false, confirm: 'approval', holdMinutes: 10, embedOrigins: [] },
  travel: { defaultMinutes: 0, speedKmh: 30 },
};

export const WHO_MAY_SCHEDULE = ['office', 'tutor', 'family', 'any'] as const;
export type WhoMaySchedule = (typeof WHO_MAY_SCHEDULE)[number];

/** The stored rules with everything that is missing filled from the defaults. */
export function readSchedulingRules(stored: unknown): SchedulingRules {
  return schedulingRulesSchema.parse(layer(defaultSchedulingRules, stored));
}

export interface RuleLayers {
  /** What the organisation stored. */
  organisation: unknown;
  program?: unknown;
  /** A senior tutor may do more. */
  tutor?: unknown;
  /** Of an engagement: who plans it, whatever the rules say; null: as they say. */
  whoMaySchedule?: WhoMaySchedule | string | null;
}

/** What a program or a tutor stored as differing. */
export function readSchedulingOverrides(stored: unknown): SchedulingOverrides {
  return schedulingOverridesSchema.parse(stored ?? {});
}

/** The rules in force: the organisation's, a program's over them, a tutor's over those, the engagement's word last. */
export function schedulingRulesFor({ organisation, program, tutor, whoMaySchedule }: RuleLayers): SchedulingRules {
  const rules = [program, tutor].reduce<SchedulingRules>(
    (below, over) => schedulingRulesSchema.parse(layer(below, readSchedulingOverrides(over))),
    readSchedulingRules(organisation),
  );
  if (!whoMaySchedule) return rules;
  const tutors = whoMaySchedule === 'tutor' || whoMaySchedule === 'any';
  const families = whoMaySchedule === 'family' || whoMaySchedule === 'any';
  return {
    ...rules,
    tutor: { book: tutors, move: tutors, cancel: tutors },
    family: { request: rules.family.request, book: families, move: families, cancel: families || rules.family.cancel },
  };
}

function layer(base: object, over: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  if (!isRecord(over)) return result;
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined || !(key in base)) continue;
    const below = result[key];
    result[key] = isRecord(below) && isRecord(value) ? layer(below, value) : value;
  }
  return result;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
