import type { Actor, AppContext } from '#app/context.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { chooseDefaultInstall } from '#app/plugin-host/choose-default-install.server.ts';
import { getInstallPage } from '#app/plugin-host/install-page.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { inputName, readSettingsForm, typedValues } from '#app/plugin-host/settings-form.ts';
import type { SavedState } from '#app/plugin-host/types.ts';

export type InstallAnswer =
  | { ok: true; done: 'settings' | 'state' | 'default' }
  | { ok: false; message?: string; errors: Record<string, string>; name: string; typed: Record<string, string> };

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
    return { ok: true, done: 'state' };
  }
  if (intent === 'default') {
    await chooseDefaultInstall(context.db, context, actor, { installId });
    return { ok: true, done: 'default' };
  }
  if (intent !== 'settings') return refused('Use one of the buttons of the page.');

  const { fields } = await getInstallPage(context.db, context.plugins, installId);
  const name = String(form.get('name') ?? '');
  const saved = await saveInstallSettings(context.db, context, actor, { installId, name, ...readSettingsForm(fields, form) });
  if (saved.ok) return { ok: true, done: 'settings' };
  const errors = Object.fromEntries(
    Object.entries(saved.errors).map(([field, message]) => [field === 'name' ? 'name' : inputName(field), message]),
  );
  return { ok: false, errors, name, typed: typedValues(fields, form) };
}

const refused = (message: string): InstallAnswer => ({ ok: false, message, errors: {}, name: '', typed: {} });
