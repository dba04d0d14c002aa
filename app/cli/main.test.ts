import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AppContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { type Command, optionalDate, requiredDate } from './command.ts';
import { commands } from './commands/index.ts';
import { runCli } from './main.ts';

const run: Command = {
  name: 'run',
  summary: 'Runs.',
  usage: 'run --from DATE [--to DATE] [--issue]',
  options: { from: { type: 'string' }, to: { type: 'string' }, issue: { type: 'boolean' } },
  run: async (_context, input, io) => {
    io.print(`${requiredDate(input, 'from')} ${optionalDate(input, 'to')} ${input.options.issue}`);
    return 0;
  },
};
const runAll: Command = { ...run, name: 'run all', usage: 'run all', options: {}, run: async () => 1 };
const refuses: Command = {
  ...run,
  name: 'refuse',
  run: async () => {
    throw new DomainError('locked', 'The period is locked.');
  },
};

const writes: Command = {
  ...run,
  name: 'write',
  run: async () => {
    await writeFile(fileURLToPath(new URL('main.test.ts/out.csv', import.meta.url)), '');
    return 0;
  },
};

async function cli(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { print: (text: string) => out.push(text), complain: (text: string) => err.push(text) };
  const end = await runCli(args, { commands: [run, runAll, refuses, writes], io, context: {} as AppContext });
  return { end, out: out.join('\n'), err: err.join('\n') };
}

describe('wrong words end with 2 and the usage', () => {
  it.each([
    [['fly'], 'lectern has no command "fly"'],
    [['run', '--from', '2026-01-01', '--fast'], '--fast'],
    [['run'], '--from is missing'],
    [['run', '--from', '2026-02-30'], '--from must be a date like 2026-03-31, not "2026-02-30"'],
    [['run', '--from', '01.02.2026'], 'must be a date'],
    [['run', '--from', '2026-01-01', '--to', 'today'], '--to must be a date'],
    [['run', 'away', '--from', '2026-01-01'], '"away" is too much'],
  ])('lectern %j', async (args, message) => {
    const { end, out, err } = await cli(...args);
    expect(end).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toContain('usage: lectern');
  });
});

it('right words reach the command', async () => {
  expect(await cli('run', '--from', '2026-02-28', '--issue')).toEqual({ end: 0, out: '2026-02-28 undefined true', err: '' });
});

it('the longer name wins, and a command says itself how it ended', async () => {
  expect((await cli('run', 'all')).end).toBe(1);
});

it('what the business refuses is said without a stack, and ends with 1', async () => {
  expect(await cli('refuse')).toEqual({ end: 1, out: '', err: 'The period is locked.' });
});

it('a file that can’t be written is named without a stack, and ends with 1', async () => {
  const { end, err } = await cli('write');
  expect({ end, lines: err.split('\n').length }).toEqual({ end: 1, lines: 1 });
  expect(err).toMatch(/ENOTDIR.*out\.csv/);
});

it('every command has a name of its own and a usage that begins with it', () => {
  expect(new Set(commands.map((command) => command.name)).size).toBe(commands.length);
  for (const command of commands) expect(command.usage.startsWith(command.name)).toBe(true);
});
