import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Command } from '../command.ts';
import { newPlugin } from '../new-plugin.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

export const command: Command = {
  name: 'plugin new',
  summary:
    'Begins a plugin: a folder with code, a server that stands for its provider, tests that pass, and its line in the config.',
  usage: 'plugin new meeting NAME',
  positionals: { min: 2, max: 2 },
  needsContext: false,
  run: async (_context, { positionals: [kind = '', name = ''] }, io) => {
    const files = await newPlugin(root, kind, name);
    // A long name makes long lines. Where there is no formatter nothing is lost.
    await run(path.join(root, 'node_modules/.bin/biome'), ['format', '--write', ...files], { cwd: root }).catch(() => undefined);
    io.print(`Made ${files.join(', ')}.`);
    io.print(`Next: npx vitest run plugins/meeting-${name}, then docs/plugins.md.`);
    return 0;
  },
};
