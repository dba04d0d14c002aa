import { type AnyPlugin, isSecret, PluginError, type z } from '#plugins/contract/index.ts';
import { isSealed, type KeyRing, open, SealingError, seal } from './sealing.server.ts';
import { settingsFields } from './settings-fields.ts';

type Settings = Record<string, unknown>;

export interface SavedSettings {
  id: string;
  settings: unknown;
  configVersion: number;
}

export interface OpenedSettings {
  /** As they were typed, secrets opened, brought to the plugin's present version. */
  input: Settings;
  /** What the plugin's schema makes of them. */
  // biome-ignore lint/suspicious/noExplicitAny: the type belongs to each plugin
  config: any;
  /** The secrets' values, to be masked wherever a text goes out. */
  secrets: string[];
}

export function secretNames(plugin: AnyPlugin): string[] {
  const shape = (plugin.config as z.ZodObject).shape;
  return Object.keys(shape).filter((name) => isSecret(shape[name] as z.core.$ZodType));
}

const placeOf = (installId: string, path: string) => ({
  table: 'plugin_install',
  row: installId,
  path,
});

/** Opens and parses saved settings. Throws a PluginError `config_invalid` that names every problem, without values. */
export function openSettings(plugin: AnyPlugin, row: SavedSettings, ring: KeyRing): OpenedSettings {
  const saved = { ...(row.settings as Settings) };
  const problems: string[] = [];
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(saved)) {
    if (!isSealed(value)) continue;
    try {
      const secret = open(ring, placeOf(row.id, name), value);
      saved[name] = secret;
      secrets.push(secret);
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      delete saved[name];
      problems.push(`${name} can't be opened. ${error.message}`);
    }
  }
  if (problems.length > 0) throw new PluginError('config_invalid', problems.join(' '));

  let input: Settings = saved;
  if (row.configVersion > plugin.configVersion) {
    throw new PluginError(
      'config_invalid',
      `Its settings were saved by a newer version of the plugin (settings version ${row.configVersion}, this one knows ${plugin.configVersion}).`,
    );
  }
  if (row.configVersion < plugin.configVersion && plugin.migrateConfig) {
    input = plugin.migrateConfig(saved, row.configVersion);
  }
  const parsed = plugin.config.safeParse(input);
  if (!parsed.success) {
    throw new PluginError('config_invalid', `Its settings are not complete: ${issueList(plugin, input, parsed.error)}`);
  }
  return { input, config: parsed.data, secrets };
}

/** What goes into the database: secrets sealed to this row, everything else as typed. */
export function sealSettings(plugin: AnyPlugin, installId: string, input: Settings, ring: KeyRing): Settings {
  const secret = new Set(secretNames(plugin));
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, secret.has(name) ? seal(ring, placeOf(installId, name), String(value)) : value]),
  );
}

/** Secrets taken out of a text, whatever put them in, as they are and as they stand in an address or in JSON. Short ones are left: masking "a" everywhere says more than it hides. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((masked, written) => masked.replaceAll(written, '•••'), text);
}

/** In the words of the form. */
function issueList(plugin: AnyPlugin, input: Settings, error: z.ZodError): string {
  const labels = new Map(settingsFields(plugin.config).map((field) => [field.name, field.label]));
  const said = error.issues.map(({ path, message }) => {
    const name = String(path[0] ?? '');
    const label = labels.get(name) ?? (path.join('.') || 'settings');
    return input[name] === undefined ? `${label} is needed` : `${label}: ${message.replace(/[.]$/, '')}`;
  });
  return `${said.join('; ')}.`;
}
