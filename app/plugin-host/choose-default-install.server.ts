import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { getInstall } from './install-page.server.ts';
import type { PluginHost } from './types.ts';

/**
 * Makes an install the organisation's default of its kind: for clients without a billing mode of their own, or for
 * online sessions without a provider of their own. What is posted or booked already stays as it is.
 */
export async function chooseDefaultInstall(
  db: Kysely<DB>,
  ctx: { plugins: PluginHost },
  actor: Actor,
  input: { installId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.selectFrom('pluginInstall').select('id').where('id', '=', input.installId).forUpdate().execute();
    const organisation = await trx
      .selectFrom('organisation')
      .select(['billingInstallId', 'meetingInstallId'])
      .forUpdate()
      .executeTakeFirst();
    if (!organisation) throw new DomainError('not_found', 'Finish the set-up of the organisation first.');
    const install = await getInstall(trx, ctx.plugins, input.installId);
    if (install.isDefault) return;
    if (install.state !== 'enabled') {
      throw new DomainError('conflict', install.problem ?? `${install.name} is not enabled. Enable it first.`);
    }
    const column = install.kind === 'billing' ? 'billingInstallId' : 'meetingInstallId';
    await trx
      .updateTable('organisation')
      .set((eb) => ({ [column]: install.id, version: eb('version', '+', 1) }))
      .execute();
    await audit(trx, actor, {
      action: 'plugin.default',
      subjectType: 'plugin_install',
      subjectId: install.id,
      before: { [column]: organisation[column] },
      after: { [column]: install.id },
    });
  });
}
