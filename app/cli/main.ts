/** `npm run lectern -- COMMAND`. Ends with 0 when all is well, 1 when something in the data isn't, 2 for wrong words. */
import { pathToFileURL } from 'node:url';
import type { AppContext } from '#app/context.ts';
import { compose } from '#app/server/compose.ts';
import { readDotEnv } from '#config/dot-env.ts';
import { loadConfig } from '#config/env.ts';
import { type Command, type CommandIo, readInput } from './command.ts';
import { commands } from './commands/index.ts';

export interface CliOptions {
  commands?: readonly Command[];
  io?: CommandIo;
  /** Tests give theirs; otherwise the process's own is made, and closed at the end. */
  context?: AppContext;
}

const console_ = {
  print: (text: string) => process.stdout.write(`${text}\n`),
  complain: (text: string) => process.stderr.write(`${text}\n`),
};

export async function runCli(args: string[], options: CliOptions = {}): Promise<number> {
  const known = options.commands ?? commands;
  const io = options.io ?? console_;
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') {
    io.print(overview(known));
    return args.length === 0 ? 2 : 0;
  }
  const found = findCommand(known, args);
  if (!found) {
    io.complain(`lectern has no command "${args.filter((arg) => !arg.startsWith('-')).join(' ')}".\n\n${overview(known)}`);
    return 2;
  }
  const { command, rest } = found;
  if (rest.includes('--help')) {
    io.print(usageOf(command));
    return 0;
  }
  try {
    const input = readInput(command, rest);
    return await withContext(command, options.context, (context) => command.run(context, input, io));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'usage') {
      io.complain(`${error.message}\n\n${usageOf(command)}`);
      return 2;
    }
    io.complain(isExpected(error) ? (error as Error).message : String((error as Error).stack ?? error));
    return 1;
  }
}

async function withContext(
  command: Command,
  given: AppContext | undefined,
  run: (context: AppContext) => Promise<number>,
): Promise<number> {
  if (given) return run(given);
  // Before there is a configuration: a key is made for it.
  if (command.needsContext === false) return run({} as AppContext);
  // Nobody reads the log of a command: what it has to say it prints.
  const config = { ...loadConfig(), ...(process.env.LOG_LEVEL ? {} : { logLevel: 'warn' as const }) };

  const context = await compose(config);
  try {
    return await run(context);
  } finally {
    await context.close();
  }
}

/** The longest name counts: 'user create' before 'user'. */
function findCommand(known: readonly Command[], args: string[]): { command: Command; rest: string[] } | undefined {
  for (const command of [...known].sort((a, b) => b.name.split(' ').length - a.name.split(' ').length)) {
    const words = command.name.split(' ');
    if (words.every((word, index) => args[index] === word)) return { command, rest: args.slice(words.length) };
  }
  return undefined;
}

function overview(known: readonly Command[]): string {
  const width = Math.max(...known.map((command) => command.name.length));
  const lines = known.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `usage: lectern COMMAND\n\n${lines.join('\n')}\n\nlectern COMMAND --help says how one is used.`;
}

const usageOf = (command: Command) => `usage: lectern ${command.usage}\n${command.summary}`;

const isExpected = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // A file or folder of the command line that can't be read or written says enough by itself.
  const isAboutFile = 'syscall' in error && ('path' in error || code === 'EISDIR');
  return error.name === 'DomainError' || isAboutFile || ['invalid_config', 'no_database', 'plugin_boot'].includes(code);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  readDotEnv();
  process.exitCode = await runCli(process.argv.slice(2));
}
