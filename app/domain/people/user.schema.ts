import { z } from 'zod';
import { passwordProblem } from '#app/auth/password-rules.ts';
import { ROLES } from '#app/auth/roles.ts';
import { mailLanguage } from './fields.ts';

const CONTROL = /[\p{Cc}\u2028\u2029]/u;

export const emailField = z
  .string('Give an e-mail address.')
  .trim()
  .min(1, 'Give an e-mail address.')
  .max(254, 'This address is too long.')
  .pipe(z.email('This is not an e-mail address, like name@example.org.'))
  .transform((value) => value.toLowerCase());

export const nameField = z
  .string('Give a name.')
  .trim()
  .min(1, 'Give a name.')
  .max(120, 'Use at most 120 characters.')
  .refine((value) => !CONTROL.test(value), 'A name is one line of text.');

export const zoneField = z
  .string('Choose a time zone.')
  .refine((value) => isZone(value), 'Choose a time zone from the list, like Europe/Dublin.');

export const currencyField = z
  .string('Choose a currency.')
  .regex(/^[A-Z]{3}$/, 'Choose a currency from the list, like USD.')
  .refine((value) => Intl.supportedValuesOf('currency').includes(value), 'Choose a currency from the list, like USD.');

const localeField = z
  .string('Choose a language and region.')
  .refine((value) => isLocale(value), 'Choose a language and region from the list, like en-GB.');

export const rolesField = z.array(z.enum(ROLES, 'Choose a role from the list.')).min(1, 'Choose at least one role.');

/** A new password. The use case checks it once more, against the name and address it must not repeat. */
export const passwordField = z.string('Choose a password.').superRefine((password, ctx) => {
  const problem = passwordProblem(password);
  if (problem !== undefined) ctx.addIssue({ code: 'custom', message: problem });
});

/** `tutor:<id>`: which record of the business a user is. */
export const linkField = z
  .string()
  .regex(/^(tutor|client|student):[0-9a-f-]{36}$/, 'Choose a record from the list.')
  .transform((value) => {
    const [type = '', id = ''] = value.split(':');
    return { type: type as 'tutor' | 'client' | 'student', id };
  });

export type RecordLink = z.output<typeof linkField>;

export const inviteUserInput = z.object({
  email: emailField,
  name: nameField,
  roles: rolesField,
  link: linkField.optional(),
});
export type InviteUserInput = z.output<typeof inviteUserInput>;

export const acceptInvitationInput = z.object({
  name: nameField,
  password: passwordField,
});

export const newPasswordInput = z.object({ password: passwordField });

export const ownerFields = {
  email: emailField,
  name: nameField,
  password: passwordField,
};

export const companyFields = {
  company: z
    .string("Give the company's name.")
    .trim()
    .min(1, "Give the company's name.")
    .max(120, 'Use at most 120 characters.')
    .refine((value) => !CONTROL.test(value), 'A name is one line of text.'),
  timezone: zoneField,
  currency: currencyField,
  locale: localeField,
};

export const accountInput = z.object({
  name: nameField,
  timezone: z.union([z.literal('').transform(() => null), zoneField]),
  locale: mailLanguage,
});

function isZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return /^[A-Za-z]/.test(value);
  } catch {
    return false;
  }
}

function isLocale(value: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(value).length === 1;
  } catch {
    return false;
  }
}
