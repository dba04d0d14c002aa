import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { getInstall } from './install-page.server.ts';
import type { PluginHost, SavedState } from './types.ts';

/**
 * Enables, tries out or disables an install. Throws DomainError conflict for the organisation's default, which must
 * work, and provider_not_connected for one whose settings are not complete.
 */
export async function changeInstallState(
  db: Kysely<DB>,
  ctx: { plugins: PluginHost },
  actor: Actor,
  input: { installId: string; state: SavedState },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.selectFrom('pluginInstall').select('id').where('id', '=', input.installId).forUpdate().execute();
    // The organisation's row keeps the default from moving here meanwhile.
    await trx.selectFrom('organisation').select('id').forUpdate().execute();
    const install = await getInstall(trx, ctx.plugins, input.installId);
    if (install.savedState === input.state) return;
    if (install.isDefault && input.state !== 'enabled') {
      throw new DomainError('conflict', `${install.name} is the default. Choose another default first.`);
    }
    if (input.state !== 'disabled' && install.problem) throw new DomainError('provider_not_connected', install.problem);
    await trx.updateTable('pluginInstall').set({ state: input.state }).where('id', '=', install.id).execute();
    await audit(trx, actor, {
      action: 'plugin.state',
      subjectType: 'plugin_install',
      subjectId: install.id,
      before: { state: install.savedState },
      after: { state: input.state },
    });
  });
}
