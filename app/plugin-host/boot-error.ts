import type { PluginProblem } from './types.ts';

/** Stops the boot: everything that is wrong with the plugins, at once. */
export class PluginBootError extends Error {
  readonly code = 'plugin_boot';
  override readonly name = 'PluginBootError';
  readonly problems: readonly PluginProblem[];

  constructor(problems: readonly PluginProblem[]) {
    const lines = problems.map((problem) => `  ${problem.where}  ${problem.plugin}: ${problem.message}`);
    super(`Plugins can't be used as they are:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
