import type { AnyPlugin } from '#plugins/contract/index.ts';
import { checkPlugin } from '../check-plugin.ts';
import type { LoadedPlugin, PluginProblem, Registry } from '../types.ts';
import { describeProvider } from './describe-provider.ts';

/** Where a provider comes from that was described at the settings. */
export const AT_THE_SETTINGS = 'its description';

export interface DescriptionSource {
  /** What to call it where its own id can't be read. */
  id: string;
  /** "plugins/declared/acme.yaml" */
  where: string;
  source: string;
}

/** Makes plugins of descriptions. One with a problem is left out, each problem named with its line. */
export function loadDescriptions(sources: readonly DescriptionSource[], taken: Registry['plugins']): Registry {
  const plugins = new Map<string, LoadedPlugin>();
  const problems: PluginProblem[] = [];
  for (const { id, where, source } of sources) {
    const described = describeProvider(source);
    if (!described.ok) {
      for (const { line, at, message } of described.problems) {
        problems.push({
          plugin: id,
          kind: 'meeting',
          where: line === null ? where : `${where}:${line}`,
          message: `${at} ${message}`.trim(),
        });
      }
      continue;
    }
    const plugin: AnyPlugin = described.provider.plugin;
    const found = checkPlugin(plugin, 'meeting');
    const namesake = taken.get(plugin.id) ?? plugins.get(plugin.id);
    if (namesake) found.push(`has the same id as the plugin of ${namesake.where}`);
    for (const message of found) problems.push({ plugin: plugin.id, kind: 'meeting', where, message });
    if (found.length === 0) plugins.set(plugin.id, { plugin, where });
  }
  return { plugins, problems };
}
