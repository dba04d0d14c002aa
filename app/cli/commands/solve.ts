import { readFile } from 'node:fs/promises';
import { ASSIGNMENT_FORMATS, type AssignmentFormat, readAssignmentFile } from '#app/domain/matching/assignment-file.ts';
import { solveAssignment } from '#app/domain/matching/solve-assignment.server.ts';
import { type Command, type CommandInput, required, UsageError } from '../command.ts';

const formats = Object.keys(ASSIGNMENT_FORMATS).join('|');

export const command: Command = {
  name: 'solve',
  summary:
    'Solves an assignment problem from a file, at the least cost: prints its value, a bound that no assignment is below, and the ' +
    'seconds it took. --assignment adds who gets whom, counted from 1. Ends with 1 where there is no assignment.',
  usage: `solve FILE --format ${formats} [--seconds N] [--json] [--assignment]`,
  options: {
    format: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'boolean' },
    assignment: { type: 'boolean' },
  },
  positionals: { min: 1, max: 1 },
  needsContext: false,
  run: async (_context, input, io) => {
    const format = formatOf(input);
    const timeLimitSeconds = secondsOf(input);
    const file = input.positionals[0] as string;
    const problem = readAssignmentFile(await readFile(file, 'utf8'), format);
    const solved = await solveAssignment(problem, { timeLimitSeconds, gap: 0 });
    const answer = {
      value: Number.isFinite(solved.value) ? solved.value : null,
      bound: Number.isFinite(solved.bound) ? solved.bound : null,
      gap: Number.isFinite(solved.gap) && solved.columns ? solved.gap : null,
      optimal: solved.columns !== null && solved.optimal,
      seconds: Math.round(solved.seconds * 1_000) / 1_000,
      ...(input.options.assignment ? { assignment: solved.columns && Array.from(solved.columns, (column) => column + 1) } : {}),
    };
    if (input.options.json) io.print(JSON.stringify(answer));
    else
      for (const [name, value] of Object.entries(answer)) io.print(`${name}: ${Array.isArray(value) ? value.join(' ') : value}`);
    if (solved.columns) return 0;
    io.complain(solved.optimal ? 'There is no assignment that keeps all capacities.' : 'No assignment was found in the time.');
    return 1;
  },
};

function formatOf(input: CommandInput): AssignmentFormat {
  const format = required(input, 'format');
  if (!(format in ASSIGNMENT_FORMATS)) throw new UsageError(`--format must be ${formats}, not "${format}".`);
  return format as AssignmentFormat;
}

function secondsOf(input: CommandInput): number {
  const seconds = Number(input.options.seconds ?? 60);
  if (!(seconds > 0 && seconds <= 86_400)) throw new UsageError('--seconds must be a number above 0, 86400 at most.');
  return seconds;
}
