import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadPlugins, missingSuite } from '#app/plugin-host/load-plugins.server.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'contract')
  .map((entry) => entry.name);

test.each(folders)('%s runs the shared suite of its kind', async (folder) => {
  const { plugin } = await import(`./${folder}/index.ts`);
  expect(missingSuite(`#plugins/${folder}/index.ts`, plugin.kind)).toEqual([]);
});

test.each(folders)('%s is called by the name of its folder', async (folder) => {
  const { plugin } = await import(`./${folder}/index.ts`);
  expect(plugin.id).toBe(folder);
});

test('config/plugins.ts names every plugin of this folder, and boots', async () => {
  const registry = await loadPlugins({ requireSuites: true });
  expect(registry.problems).toEqual([]);
  expect([...registry.plugins.keys()].sort()).toEqual([...folders].sort());
});

test.each(folders)('%s imports the contract, itself and packages, and nothing of the application', (folder) => {
  const directory = path.join(import.meta.dirname, folder);
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(path.join(directory, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/from '([^']+)'/g)) {
      // A plugin's test brings the fake of its provider.
      if (file.endsWith('.test.ts') && specifier.startsWith('#tests/fakes/')) continue;
      expect(specifier, `${folder}/${file}`).not.toMatch(/^#(?!plugins\/contract\/)|^\.\.\//);
    }
  }
});
