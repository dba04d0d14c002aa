import { readFileSync } from 'node:fs';
import { type DescribedProvider, describeProvider } from '#app/plugin-host/declared/describe-provider.ts';
import { sayProblem } from '#app/plugin-host/declared/problem.ts';

/** The provider of a description; throws with its problems where it has some. */
export function described(source: string): DescribedProvider {
  const found = describeProvider(source);
  if (!found.ok) throw new Error(found.problems.map(sayProblem).join('\n'));
  return found.provider;
}

/** Of `plugins/declared`. */
export const declaredPlugin = (name: string) =>
  described(readFileSync(new URL(`../../plugins/declared/${name}.yaml`, import.meta.url), 'utf8')).plugin;
