import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { PluginHost } from './types.ts';

/** A further install of a plugin (a second account, a second rule for credits), disabled until it is set up. */
export async function addInstall(
  db: Kysely<DB>,
  ctx: { plugins: PluginHost },
  actor: Actor,
  input: { pluginId: string },
): Promise<{ id: string }> {
  // One that was described a moment ago, in another process, is seen with the installs.
  await ctx.plugins.listInstalls(db, 'meeting');
  const plugin = ctx.plugins.registry.plugins.get(input.pluginId)?.plugin;
  if (!plugin) throw new DomainError('not_found', 'There is no such plugin here.');
  return db.transaction().execute(async (trx) => {
    const { count } = await trx
      .selectFrom('pluginInstall')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('pluginId', '=', plugin.id)
      .executeTakeFirstOrThrow();
    const name = Number(count) === 0 ? plugin.name : `${plugin.name} ${Number(count) + 1}`;
    const made = await trx
      .insertInto('pluginInstall')
      .values({
        pluginId: plugin.id,
        kind: plugin.kind,
        name,
        state: 'disabled',
        configVersion: plugin.configVersion,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'plugin.add',
      subjectType: 'plugin_install',
      subjectId: made.id,
      after: { pluginId: plugin.id },
    });
    return made;
  });
}
