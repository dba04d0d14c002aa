import { z } from 'zod';
import type { Actor, AppContext } from '#app/context.ts';
import { wakeMeetings } from '#app/domain/meetings/wake-meetings.server.ts';
import { durationList, gridMinutes } from '#app/domain/organisation/durations.ts';
import { optional } from '#app/domain/people/fields.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { checkInstall } from '#app/plugin-host/check-install.server.ts';
import { chooseDefaultInstall } from '#app/plugin-host/choose-default-install.server.ts';
import { getInstallPage } from '#app/plugin-host/install-page.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { setInstallLengths } from '#app/plugin-host/set-install-lengths.server.ts';
import { inputName, readSettingsForm, typedValues } from '#app/plugin-host/settings-form.ts';
import type { CheckResult, SavedState } from '#app/plugin-host/types.ts';

export type InstallAnswer =
  | { ok: true; done: 'settings' | 'state' | 'default' | 'lengths' }
  /** Of the button that tries the settings: what it found. */
  | { ok: true; done: 'check'; found: CheckResult }
  | {
      ok: false;
      message?: string;
      errors: Record<string, string>;
      name: string;
      typed: Record<string, string>;
      /** Of the form of lengths: as typed. */
      lengths?: { durations: string; gridMinutes: string };
    };

const lengthsSchema = z.object({
  durations: durationList.transform((list) => (list.length === 0 ? null : list)),
  gridMinutes: optional(gridMinutes),
});

/** Does what one of the page's forms asks for; errors come back by the name of their input. */
export async function answerInstallForm(
  context: AppContext,
  actor: Actor,
  installId: string,
  form: FormData,
): Promise<InstallAnswer> {
  const intent = form.get('intent');
  if (intent === 'state') {
    const state = (['enabled', 'test', 'disabled'] as const).find((known) => known === form.get('state')) satisfies
      | SavedState
      | undefined;
    if (!state) return refused('Choose what to do with it.');
    await changeInstallState(context.db, context, actor, { installId, state });
    if (state !== 'disabled') await wakeMeetings(context.db, context, { installId, mended: true });
    return { ok: true, done: 'state' };
  }
  if (intent === 'default') {
    await chooseDefaultInstall(context.db, context, actor, { installId });
    return { ok: true, done: 'default' };
  }
  if (intent === 'check') return { ok: true, done: 'check', found: await checkInstall(context.db, context, { installId }) };
  if (intent === 'lengths') return saveLengths(context, actor, installId, form);
  if (intent !== 'settings') return refused('Use one of the buttons of the page.');

  const { fields } = await getInstallPage(context.db, context.plugins, installId, context.config.origin);
  const name = String(form.get('name') ?? '');
  const saved = await saveInstallSettings(context.db, context, actor, { installId, name, ...readSettingsForm(fields, form) });
  if (saved.ok) {
    // Rooms that failed for the settings' sake are tried again with the new ones.
    await wakeMeetings(context.db, context, { installId, mended: true });
    return { ok: true, done: 'settings' };
  }
  const errors = Object.fromEntries(
    Object.entries(saved.errors).map(([field, message]) => [field === 'name' ? 'name' : inputName(field), message]),
  );
  return { ok: false, errors, name, typed: typedValues(fields, form) };
}

async function saveLengths(context: AppContext, actor: Actor, installId: string, form: FormData): Promise<InstallAnswer> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const lengths = { durations: text('durations'), gridMinutes: text('gridMinutes') };
  const parsed = lengthsSchema.safeParse(lengths);
  if (!parsed.success) {
    const errors: Record<string, string> = {};
    for (const issue of parsed.error.issues) errors[String(issue.path[0])] ??= issue.message;
    return { ok: false, errors, name: '', typed: {}, lengths };
  }
  await setInstallLengths(context.db, actor, { installId, ...parsed.data });
  return { ok: true, done: 'lengths' };
}

const refused = (message: string): InstallAnswer => ({ ok: false, message, errors: {}, name: '', typed: {} });
