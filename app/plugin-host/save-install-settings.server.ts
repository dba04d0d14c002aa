import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { AnyPlugin, z } from '#plugins/contract/index.ts';
import { sealSettings, secretNames } from './install-settings.server.ts';
import { isSealed, type KeyRing, keyIdOf, open, SealingError } from './sealing.server.ts';
import { settingsFields } from './settings-fields.ts';
import type { SettingsInput } from './settings-form.ts';
import type { PluginHost } from './types.ts';

export interface SaveInstallSettings extends SettingsInput {
  installId: string;
  /** What people call this install; tells two of one plugin apart. */
  name: string;
}

export type SavedInstallSettings = { ok: true } | { ok: false; errors: Record<string, string> };

/**
 * Saves what was typed on an install's page. A value that the plugin's schema refuses comes back as errors by field
 * (`name`, or the setting's name) and nothing is saved. Throws DomainError not_found, and locked for an orphan.
 */
export async function saveInstallSettings(
  db: Kysely<DB>,
  ctx: { plugins: PluginHost; config: { keyRing: KeyRing } },
  actor: Actor,
  input: SaveInstallSettings,
): Promise<SavedInstallSettings> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('pluginInstall')
      .select(['id', 'pluginId', 'name', 'settings', 'configVersion'])
      .where('id', '=', input.installId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new DomainError('not_found', 'There is no such plugin here.');
    // Sees a description that was changed a moment ago.
    await ctx.plugins.findInstall(trx, row.id);
    const plugin = ctx.plugins.registry.plugins.get(row.pluginId)?.plugin;
    if (!plugin) throw new DomainError('locked', 'Its code is gone, so its settings can only be read.');

    const saved = row.settings as Record<string, unknown>;
    const errors: Record<string, string> = {};
    if (!input.name.trim()) errors.name = 'Give it a name.';
    const values = { ...input.values };
    for (const name of input.keptSecrets) {
      const kept = saved[name];
      if (!isSealed(kept)) continue;
      try {
        values[name] = open(ctx.config.keyRing, { table: 'plugin_install', row: row.id, path: name }, kept);
      } catch (error) {
        if (!(error instanceof SealingError)) throw error;
        errors[name] = `The saved value can't be opened (key "${keyIdOf(kept)}"). Enter it again.`;
      }
    }
    const parsed = plugin.config.safeParse(values);
    if (!parsed.success) {
      for (const [name, message] of issuesByField(plugin, values, parsed.error)) errors[name] ??= message;
    }
    if (Object.keys(errors).length > 0) return { ok: false, errors };

    const secrets = secretNames(plugin);
    const changed = changedFields(
      { name: row.name, ...saved },
      { name: input.name.trim(), ...withoutKept(values, input.keptSecrets) },
      secrets,
    );
    await trx
      .updateTable('pluginInstall')
      .set({
        name: input.name.trim(),
        settings: JSON.stringify(sealSettings(plugin, row.id, values, ctx.config.keyRing)),
        configVersion: plugin.configVersion,
        lastError: null,
      })
      .where('id', '=', row.id)
      .execute();
    if (changed) {
      await audit(trx, actor, {
        action: 'plugin.settings',
        subjectType: 'plugin_install',
        subjectId: row.id,
        ...changed,
      });
    }
    return { ok: true };
  });
}

/** One message per field, in words for the person at the form. */
function issuesByField(plugin: AnyPlugin, values: Record<string, unknown>, error: z.ZodError): [string, string][] {
  const fields = new Map(settingsFields(plugin.config).map((field) => [field.name, field]));
  return error.issues.map((issue) => {
    const name = String(issue.path[0] ?? 'form');
    const field = fields.get(name);
    if (field && values[name] === undefined) return [name, `${field.label} is needed.`];
    if (field?.type === 'number' && issue.code === 'invalid_type') return [name, 'Enter a number.'];
    return [name, issue.message];
  });
}

const withoutKept = (values: Record<string, unknown>, kept: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !kept.includes(name)));
