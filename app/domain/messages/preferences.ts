import type { MailTemplate } from '#emails/templates.ts';
import { type DeclinableKind, kindOf, MAIL_KINDS, type MailKind } from './mail-kinds.ts';
import type { MessageRules } from './message-rules.ts';

/** What a reader has said of the mails they may decline; who has said nothing gets them all. Browser-safe. */

export const DECLINABLE_KINDS = MAIL_KINDS.filter((kind) => kind !== 'required') as readonly DeclinableKind[];

/** Most reminders of one session a reader may ask for, and how long before it: 5 minutes to 14 days, as the company's. */
export const MOST_REMINDERS = 5;
export const FEWEST_MINUTES = 5;
export const MOST_MINUTES = 20_160;

export interface Preference {
  wanted: boolean;
  /** Of reminders, the reader's own times in minutes before the start; null: the company's. */
  minutesBefore: readonly number[] | null;
}

/** By address and kind; made by `readPreferences`. */
export type Preferences = ReadonlyMap<string, Preference>;

export const preferenceKey = (address: string, kind: MailKind) => `${address.toLowerCase()} ${kind}`;

/** Whether the mail may go to this address. Mails that must be told always may. */
export function isWanted(preferences: Preferences, address: string, template: MailTemplate): boolean {
  return wantsKind(preferences, address, kindOf(template).kind);
}

export function wantsKind(preferences: Preferences, address: string, kind: MailKind): boolean {
  return kind === 'required' || (preferences.get(preferenceKey(address, kind))?.wanted ?? true);
}

/**
 * How many minutes before a session its reader is reminded, the longest first: none where they want no reminders, times of
 * their own where families choose them, else the company's.
 */
export function reminderMinutes(
  preferences: Preferences,
  address: string,
  audience: 'client' | 'student' | 'tutor',
  rules: Pick<MessageRules, 'remind_family' | 'remind_student' | 'remind_tutor' | 'families_choose'>,
): readonly number[] {
  const said = preferences.get(preferenceKey(address, 'reminders'));
  if (said && !said.wanted) return [];
  const usual = { client: rules.remind_family, student: rules.remind_student, tutor: rules.remind_tutor }[audience];
  const own = audience !== 'tutor' && rules.families_choose ? said?.minutesBefore : null;
  return [...new Set(own ?? usual)].sort((a, b) => b - a);
}

/** Who reads: one person can be several. */
export type ReaderRole = 'client' | 'student' | 'tutor';

/** The kinds that such a reader gets at all, in the order they are shown. */
export function kindsOf(roles: readonly ReaderRole[]): DeclinableKind[] {
  return DECLINABLE_KINDS.filter((kind) => READ_BY[kind].some((role) => roles.includes(role)));
}

const READ_BY: Record<DeclinableKind, readonly ReaderRole[]> = {
  reminders: ['client', 'student', 'tutor'],
  summaries: ['client', 'student'],
  feedback: ['client', 'student', 'tutor'],
  conversations: ['client', 'student', 'tutor'],
  chasing: ['tutor'],
  'money-notices': ['client'],
};
