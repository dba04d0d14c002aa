import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { type CheckResult, isPluginError } from '#plugins/contract/index.ts';
import { getInstall } from './install-page.server.ts';
import type { PluginHost } from './types.ts';

/**
 * Tries the saved settings of an install with one harmless call to its provider, enabled or not. Whatever goes wrong is an answer in
 * words for whoever pressed the button. A good one ends the last failure that was noted.
 *
 * @throws DomainError not_found
 */
export async function checkInstall(
  db: Kysely<DB>,
  ctx: { plugins: PluginHost },
  { installId }: { installId: string },
): Promise<CheckResult> {
  const install = await getInstall(db, ctx.plugins, installId);
  const found = await tryOut(db, ctx.plugins, installId);
  if (found.ok && install.lastError) {
    await db.updateTable('pluginInstall').set({ lastError: null }).where('id', '=', installId).execute();
  }
  return found;
}

async function tryOut(db: Kysely<DB>, plugins: PluginHost, installId: string): Promise<CheckResult> {
  let mask = (text: string) => text;
  try {
    const ready = await plugins.meetingProvider(db, installId, { disabledToo: true });
    mask = ready.mask;
    if (!ready.check) return { ok: false, message: 'This plugin has nothing that could be checked.' };
    const { ok, message } = await ready.check();
    return { ok, message: mask(message) };
  } catch (error) {
    if (isPluginError(error)) return { ok: false, message: mask(error.publicMessage) };
    return { ok: false, message: 'The plugin has a fault, so nothing could be found out.' };
  }
}
