import type { AppLoadContext } from '@remix-run/node';
import type { Actor } from '#app/context.ts';
import type { MailReader } from '#app/domain/messages/preference-queries.server.ts';
import { timesWords } from '#app/domain/messages/preference-words.ts';
import { preferencesForm, preferencesLists } from '#app/domain/messages/preferences.schema.ts';
import { readPreferences } from '#app/domain/messages/preferences.server.ts';
import { kindsOf, preferenceKey, type ReaderRole, reminderMinutes, wantsKind } from '#app/domain/messages/preferences.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { type PreferencesInput, savePreferences } from '#app/domain/messages/save-preferences.server.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';

const USUAL_CHOICES = [10_080, 2880, 1440, 720, 180, 60, 30, 15];

/** What the form of somebody's preferences shows. */
export async function preferencesOf({ db }: AppLoadContext, { addresses, roles }: MailReader) {
  const [rules, said] = await Promise.all([getMessageRules(db), readPreferences(db, addresses)]);
  // The role that may choose comes first: a tutor with a child here chooses as the family.
  const audience: ReaderRole = (['client', 'student', 'tutor'] as const).find((role) => roles.includes(role)) ?? 'client';
  const [address = ''] = addresses;
  const own = said.get(preferenceKey(address, 'reminders'))?.minutesBefore ?? null;
  const usual = reminderMinutes(new Map(), address, audience, rules);
  return {
    addresses,
    kinds: kindsOf(roles).map((kind) => ({ kind, wanted: addresses.every((one) => wantsKind(said, one, kind)) })),
    reminders: {
      usual: timesWords(usual),
      own,
      mayChoose: audience !== 'tutor' && rules.families_choose,
      choices: [...new Set([...USUAL_CHOICES, ...usual, ...(own ?? [])])].sort((a, b) => b - a),
    },
  };
}

export type PreferencesView = Awaited<ReturnType<typeof preferencesOf>>;

/** Saves what the form says for all addresses of its reader; the answer of a form that was refused, or undefined. */
export async function savePreferencesForm(
  { db }: AppLoadContext,
  actor: Actor,
  form: FormData,
  { addresses, via, about }: { addresses: readonly string[] } & Pick<PreferencesInput, 'via' | 'about'>,
) {
  const read = readRecord(preferencesForm, form, { lists: preferencesLists });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await db.transaction().execute(async (trx) => {
      for (const address of addresses)
        await savePreferences(trx, actor, { address, said: read.value, via, ...(about ? { about } : {}) });
    });
  } catch (error) {
    return refusedRecord(error, form);
  }
}
