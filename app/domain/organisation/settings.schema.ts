import { z } from 'zod';
import {
  freeText,
  optional,
  optionalEmail,
  optionalId,
  optionalPhone,
  requiredText,
  timeZone,
  version,
  wholeNumber,
} from '#app/domain/people/fields.ts';
import { schedulingRulesSchema } from '#app/domain/scheduling/scheduling-rules.ts';
import { durationList, gridMinutes } from './durations.ts';
import { policiesSchema } from './policy.schema.ts';

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code);

export const organisationSchema = z.object({
  name: requiredText('Enter the name of your company'),
  address: freeText(500),
  email: optionalEmail,
  phone: optionalPhone,
  supportContact: optional(z.string().trim().max(200, 'Keep it under 200 characters')),
  taxNumber: optional(z.string().trim().max(60, 'Keep it under 60 characters')),
  locale: z
    .string('Choose a language and region')
    .trim()
    .refine((tag) => isLocale(tag), 'Choose a language and region, such as en-GB'),
  timezone: timeZone,
  currency: z
    .string('Choose a currency')
    .trim()
    .toUpperCase()
    .refine(isCurrency, 'Enter a currency code of three letters, such as EUR'),
  version,
});
export type OrganisationValues = z.output<typeof organisationSchema>;

export const bookingSettingsSchema = z.object({
  durations: durationList.refine((list) => list.length > 0, 'Enter at least one length, such as 60'),
  gridMinutes,
  joinWindowMinutes: wholeNumber(0, 120, 'minutes'),
  billingInstallId: optionalId('Choose how clients are billed'),
  meetingInstallId: optionalId('Choose where sessions take place'),
  version,
});
export type BookingSettings = z.output<typeof bookingSettingsSchema>;

export const schedulingSettingsSchema = z.object({ scheduling: schedulingRulesSchema, version });
export type SchedulingSettings = z.output<typeof schedulingSettingsSchema>;

export const policySettingsSchema = z.object({ policies: policiesSchema, version });
export type PolicySettings = z.output<typeof policySettingsSchema>;

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}
