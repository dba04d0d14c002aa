import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadPlugins, missingSuite } from '#app/plugin-host/load-plugins.server.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'contract' && entry.name !== 'declared')
  .map((entry) => entry.name);

test.each(folders)('%s runs the shared suite of its kind', async (folder) => {
  const { plugin } = await import(`./${folder}/index.ts`);
  expect(missingSuite(`#plugins/${folder}/index.ts`, plugin.kind)).toEqual([]);
});

const descriptions = readdirSync(path.join(import.meta.dirname, 'declared')).filter((file) => file.endsWith('.yaml'));

test.each(descriptions)('%s runs the shared suite, is called by its file, and fits on a page', (file) => {
  expect(missingSuite(`plugins/declared/${file}`, 'meeting')).toEqual([]);
  const text = readFileSync(path.join(import.meta.dirname, 'declared', file), 'utf8');
  expect(text).toContain(`\nid: meeting-${path.basename(file, '.yaml')}\n`);
  expect(text.trimEnd().split('\n').length).toBeLessThan(60);
});

test('a description without a test that runs the suite is found out', () => {
  expect(missingSuite('plugins/declared/nobody.yaml', 'meeting')).toEqual([
    'has no test that runs testMeetingProvider of plugins/contract/testing',
  ]);
});

test.each(folders)('%s is called by the name of its folder', async (folder) => {
  const { plugin } = await import(`./${folder}/index.ts`);
  expect(plugin.id).toBe(folder);
});

test('config/plugins.ts names every plugin of this folder, those described in YAML come by themselves, and all boot', async () => {
  const registry = await loadPlugins({ requireSuites: true });
  expect(registry.problems).toEqual([]);
  expect([...registry.plugins.keys()].sort()).toEqual(
    [...folders, ...descriptions.map((file) => `meeting-${path.basename(file, '.yaml')}`)].sort(),
  );
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
