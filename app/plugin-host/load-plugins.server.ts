import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PluginManifest, plugins } from '#config/plugins.ts';
import type { AnyPlugin, PluginKind } from '#plugins/contract/index.ts';
import { PluginBootError } from './boot-error.ts';
import { checkPlugin } from './check-plugin.ts';
import { type DescriptionSource, loadDescriptions } from './declared/load-descriptions.ts';
import { readDescriptionFiles } from './declared/read-files.server.ts';
import { type ManifestLine, manifestLines, nameOfSpecifier } from './manifest-lines.ts';
import type { LoadedPlugin, PluginProblem, Registry } from './types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export const suiteOf: Record<PluginKind, string> = {
  billing: 'testBillingMode',
  meeting: 'testMeetingProvider',
  payment: 'testPaymentGateway',
  payroll: 'testPayrollExport',
};

interface LoadOptions {
  manifest?: PluginManifest;
  /** The text of config/plugins.ts, to name lines from. */
  manifestText?: string;
  /** Providers described in YAML; those of plugins/declared beside the installation's own manifest. */
  descriptions?: readonly DescriptionSource[];
  /** Off where the tests are not shipped. */
  requireSuites?: boolean;
}

/**
 * Reads and validates every plugin of config/plugins.ts, and the providers described in plugins/declared. Throws a PluginBootError with all problems at once when a
 * billing mode is among them; a meeting provider with a problem is left out, and its installs are degraded.
 */
export async function loadPlugins(options: LoadOptions = {}): Promise<Registry> {
  const manifest = options.manifest ?? plugins;
  const lines = manifestLines(options.manifestText ?? readManifest(), 'config/plugins.ts');
  const loaded = new Map<string, LoadedPlugin>();
  const problems: PluginProblem[] = [];

  const entries = (Object.keys(manifest) as PluginKind[]).flatMap((kind) =>
    (manifest[kind] ?? []).map((load) => ({
      kind,
      load: load as () => Promise<{ plugin: unknown }>,
    })),
  );
  for (const [index, { kind, load }] of entries.entries()) {
    const line: ManifestLine = lines[index] ?? {
      where: 'config/plugins.ts',
      specifier: `plugin ${index + 1}`,
    };
    const report = (plugin: string, message: string) => problems.push({ plugin, kind, where: line.where, message });
    const fallback = nameOfSpecifier(line.specifier);

    let candidate: unknown;
    try {
      candidate = (await load()).plugin;
    } catch (error) {
      report(fallback, `could not be loaded: ${(error as Error).message}`);
      continue;
    }
    const id = (candidate as AnyPlugin | undefined)?.id;
    const name = typeof id === 'string' && id ? id : fallback;
    const found = checkPlugin(candidate, kind);
    if (options.requireSuites) found.push(...missingSuite(line.specifier, kind));
    const namesake = loaded.get(name);
    if (namesake) found.push(`has the same id as the plugin of ${namesake.where}`);
    for (const message of found) report(name, message);
    if (found.length === 0) loaded.set(name, { plugin: candidate as AnyPlugin, where: line.where });
  }

  const descriptions = options.descriptions ?? (options.manifest ? [] : readDescriptionFiles());
  const declared = loadDescriptions(descriptions, loaded);
  for (const [id, plugin] of declared.plugins) {
    const missing = options.requireSuites ? missingSuite(plugin.where, 'meeting') : [];
    for (const message of missing) problems.push({ plugin: id, kind: 'meeting', where: plugin.where, message });
    if (missing.length === 0) loaded.set(id, plugin);
  }
  problems.push(...declared.problems);

  if (problems.some((problem) => problem.kind === 'billing')) throw new PluginBootError(problems);
  return { plugins: loaded, problems };
}

/**
 * A plugin of this repository runs the shared suite of its kind: in a test of its folder, or beside the file that describes it.
 * One from npm is tested by who made it.
 */
export function missingSuite(specifier: string, kind: PluginKind): string[] {
  const [, folder, name] = /^(?:#plugins\/([^/]+)\/|plugins\/declared\/(.+)\.yaml$)/.exec(specifier) ?? [];
  if (!folder && !name) return [];
  const directory = path.join(root, 'plugins', folder ?? 'declared');
  const calls = existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => (name ? file === `${name}.test.ts` : file.endsWith('.test.ts')))
        .some((file) => readFileSync(path.join(directory, file), 'utf8').includes(`${suiteOf[kind]}(`))
    : false;
  return calls ? [] : [`has no test that runs ${suiteOf[kind]} of plugins/contract/testing`];
}

function readManifest(): string {
  try {
    return readFileSync(path.join(root, 'config/plugins.ts'), 'utf8');
  } catch {
    // Lines are a courtesy: without the source beside us problems are named without them.
    return '';
  }
}
