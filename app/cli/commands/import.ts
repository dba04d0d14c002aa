import { writeFile } from 'node:fs/promises';
import { toCsv } from '#app/domain/billing/csv.ts';
import { importCase } from '#app/domain/imports/import-case.server.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  name: 'import',
  summary:
    'Reads a company from the CSV files of a folder. A bad row is refused with its file, line, id and code, and the rest goes on; ' +
    'again, it changes nothing and reports the same. Ends with 1 when rows were refused.',
  usage: 'import DIR [--dry-run] [--report FILE]',
  options: { 'dry-run': { type: 'boolean' }, report: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: async (context, input, io) => {
    const [directory = ''] = input.positionals;
    const { refused } = await importCase(context.db, context, { directory, dryRun: input.options['dry-run'] === true });
    const rows = refused.map(({ file, id, code }) => ({ file, id, code }));
    if (typeof input.options.report === 'string') await writeFile(input.options.report, toCsv(['file', 'id', 'code'], rows));
    for (const { file, line, id, code, message } of refused) io.complain(`${file}:${line}: ${id}: ${code}: ${message}`);
    io.print(
      refused.length === 0
        ? 'Every row was taken.'
        : `${refused.length} ${refused.length === 1 ? 'row was' : 'rows were'} refused; everything else was taken.`,
    );
    return refused.length === 0 ? 0 : 1;
  },
};
