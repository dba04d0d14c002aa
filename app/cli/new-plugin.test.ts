import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPlugin } from './new-plugin.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));
const tool = (name: string) => path.join(repository, 'node_modules', name);
let root = '';
let files: string[] = [];

beforeAll(async () => {
  // As much of the repository as a plugin sees.
  root = await mkdtemp(path.join(tmpdir(), 'lectern-new-plugin-'));
  await mkdir(path.join(root, 'tests/fakes'), { recursive: true });
  await cp(path.join(repository, 'plugins/contract'), path.join(root, 'plugins/contract'), { recursive: true });
  await cp(path.join(repository, 'config/plugins.ts'), path.join(root, 'config/plugins.ts'));
  for (const file of ['package.json', 'tsconfig.json', 'biome.json'])
    await cp(path.join(repository, file), path.join(root, file));
  await symlink(tool(''), path.join(root, 'node_modules'), 'dir');
  files = await newPlugin(root, 'meeting', 'big-blue');
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('a plugin that is begun', () => {
  test('passes the shared suite against the server that came with it', async () => {
    await writeFile(path.join(root, 'vitest.config.ts'), 'export default {};');
    const { stdout } = await run(
      process.execPath,
      [tool('vitest/vitest.mjs'), 'run', '--root', root, 'plugins/meeting-big-blue'],
      {
        cwd: root,
        env: { PATH: process.env.PATH, NO_COLOR: '1', NODE_ENV: 'test' },
      },
    );
    expect(stdout).toMatch(/Tests {2}\d{2} passed/);
  });

  test('has types and looks like the rest of the code', async () => {
    const made = files.map((file) => path.join(root, file));
    await run(tool('.bin/biome'), ['ci', '--colors=off', '--vcs-enabled=false', ...made.slice(0, 4)], { cwd: root });
    const settings = {
      extends: './tsconfig.json',
      files: files.slice(0, 4),
      include: [],
      compilerOptions: { incremental: false },
    };
    await writeFile(path.join(root, 'tsconfig.new.json'), JSON.stringify(settings));
    await run(process.execPath, [tool('typescript/bin/tsc'), '-p', path.join(root, 'tsconfig.new.json')], { cwd: root });
  });

  test('is the last of the meeting providers in the config', async () => {
    const lines = (await readFile(path.join(root, 'config/plugins.ts'), 'utf8')).split('\n');
    const at = lines.findIndex((line) => line.trim() === "() => import('#plugins/meeting-big-blue/index.ts'),");
    expect(lines[at + 1]?.trim()).toBe('],');
    const list = lines.slice(0, at).findLast((line) => line.endsWith(': ['));
    expect(list?.trim()).toBe('meeting: [');
    expect(lines).toHaveLength((await readFile(path.join(repository, 'config/plugins.ts'), 'utf8')).split('\n').length + 1);
  });

  test('has a name of its own', async () => {
    await expect(newPlugin(root, 'meeting', 'big-blue')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('taken'),
    });
  });
});

test.each(['Acme', 'a_b', '-acme', 'acme-', 'a--b', '../acme', 'meeting-acme', '', 'a'.repeat(41)])(
  'no plugin is begun by the name "%s"',
  async (name) => {
    const before = await readFile(path.join(root, 'config/plugins.ts'), 'utf8');
    await expect(newPlugin(root, 'meeting', name)).rejects.toMatchObject({ code: 'usage' });
    expect(await readFile(path.join(root, 'config/plugins.ts'), 'utf8')).toBe(before);
  },
);

test('other kinds are begun from an example', async () => {
  await expect(newPlugin(root, 'payroll', 'acme')).rejects.toMatchObject({ message: expect.stringContaining('docs/plugins.md') });
});
