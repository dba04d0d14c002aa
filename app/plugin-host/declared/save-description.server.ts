import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { MeetingPlugin } from '#plugins/contract/index.ts';
import type { PluginHost } from '../types.ts';
import { describeProvider } from './describe-provider.ts';
import { AT_THE_SETTINGS } from './load-descriptions.ts';
import type { DescriptionProblem } from './problem.ts';

export type SavedDescription = { ok: true; id: string; installId: string } | { ok: false; problems: DescriptionProblem[] };

interface Input {
  source: string;
  /** Of the one that is changed, as it was read; left out for a new one. */
  known?: { id: string; version: number };
}

/**
 * Saves the description of a provider: every process uses it from its next call on. A new one gets its first install. The same
 * text saved twice is saved once.
 * @throws DomainError not_found; conflict when somebody else changed it meanwhile
 */
export async function saveDescription(
  db: Kysely<DB>,
  ctx: { plugins: PluginHost },
  actor: Actor,
  { source, known }: Input,
): Promise<SavedDescription> {
  const described = describeProvider(source);
  if (!described.ok) return described;
  const { plugin } = described.provider;
  const refuse = (message: string): SavedDescription => ({ ok: false, problems: [{ line: null, at: 'id', message }] });
  if (known && plugin.id !== known.id) return refuse(`must stay ${known.id}, which rooms refer to`);

  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('lectern.descriptions'))`.execute(trx);
    const before = await trx
      .selectFrom('declaredProvider')
      .select(['source', 'version'])
      .where('id', '=', plugin.id)
      .forUpdate()
      .executeTakeFirst();
    if (known && !before) throw new DomainError('not_found', 'This description is no longer there.');
    if (before?.source === source) return { ok: true, id: plugin.id, installId: await firstInstall(trx, plugin) };
    if (known && before && before.version !== known.version) {
      throw new DomainError('conflict', 'Somebody else changed this description meanwhile. Yours is kept below.', {
        details: before,
      });
    }
    const namesake = ctx.plugins.registry.plugins.get(plugin.id);
    if (!known && before) return refuse(`${plugin.id} is taken by another description`);
    if (!before && namesake && namesake.where !== AT_THE_SETTINGS) return refuse(`${plugin.id} is taken by ${namesake.where}`);

    const version = (before?.version ?? 0) + 1;
    if (before) await trx.updateTable('declaredProvider').set({ source, version }).where('id', '=', plugin.id).execute();
    else {
      await trx.insertInto('declaredProvider').values({ id: plugin.id, source, createdBy: actor.userId }).execute();
    }
    const installId = await firstInstall(trx, plugin);
    await audit(trx, actor, {
      action: 'plugin.describe',
      subjectType: 'plugin_install',
      subjectId: installId,
      before: before && { version: before.version },
      after: { pluginId: plugin.id, version },
    });
    return { ok: true, id: plugin.id, installId };
  });
}

/** Its oldest install; made, disabled until it is set up, where there is none. */
async function firstInstall(trx: Transaction<DB>, plugin: MeetingPlugin): Promise<string> {
  const known = await trx
    .selectFrom('pluginInstall')
    .select('id')
    .where('pluginId', '=', plugin.id)
    .orderBy('createdAt')
    .executeTakeFirst();
  if (known) return known.id;
  const made = await trx
    .insertInto('pluginInstall')
    .values({ pluginId: plugin.id, kind: 'meeting', name: plugin.name, state: 'disabled', configVersion: plugin.configVersion })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}
