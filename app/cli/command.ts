import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { AppContext } from '#app/context.ts';

/** Wrong words on the command line: the usage is printed, and the end is 2. */
export class UsageError extends Error {
  readonly code = 'usage';
}

type Options = NonNullable<ParseArgsConfig['options']>;

export interface CommandInput {
  /** What stands after the command's name without a dash. */
  positionals: string[];
  /** By name; a boolean option is true or absent. */
  options: Record<string, string | boolean | undefined>;
}

export interface CommandIo {
  /** To standard output, with a line's end. */
  print(text: string): void;
  /** To standard error. */
  complain(text: string): void;
}

export interface Command {
  /** As typed: 'invoice-run', 'user create'. */
  name: string;
  /** One line of what it does. */
  summary: string;
  /** After `lectern`: 'invoice-run --from DATE --to DATE [--issue] [--out DIR]'. */
  usage: string;
  options?: Options;
  /** How many words without a dash it takes; default none. */
  positionals?: { min: number; max: number };
  /** False for what needs no database, e.g. making a key. */
  needsContext?: boolean;
  /** Its number is the process's end: 0 well, 1 something wrong with the data. Throws UsageError for wrong words. */
  run(context: AppContext, input: CommandInput, io: CommandIo): Promise<number>;
}

export function readInput(command: Command, args: string[]): CommandInput {
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args, options: command.options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { min, max } = command.positionals ?? { min: 0, max: 0 };
  const { positionals } = parsed;
  if (positionals.length < min) throw new UsageError('Something is missing.');
  if (positionals.length > max) throw new UsageError(`"${positionals[max]}" is too much.`);
  return { positionals, options: parsed.values as CommandInput['options'] };
}

/** An option that must be there. */
export function required(input: CommandInput, name: string): string {
  const value = input.options[name];
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is missing.`);
  return value;
}

/** An option that is a day of the calendar, '2026-03-31', if it is there. */
export function optionalDate(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !isDate(value)) {
    throw new UsageError(`--${name} must be a date like 2026-03-31, not "${String(value)}".`);
  }
  return value;
}

export function requiredDate(input: CommandInput, name: string): string {
  required(input, name);
  return optionalDate(input, name) as string;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
