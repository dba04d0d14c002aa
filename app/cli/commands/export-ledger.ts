import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { exportLedger, isLedgerFormat, LEDGER_FORMATS } from '#app/domain/billing/export-ledger.server.ts';
import { type Command, required, UsageError } from '../command.ts';

export const command: Command = {
  name: 'export ledger',
  summary: 'Writes all of the books as a journal with balance assertions, for hledger check --strict or bean-check.',
  usage: `export ledger --format ${LEDGER_FORMATS.join('|')} --out FILE`,
  options: { format: { type: 'string' }, out: { type: 'string' } },
  run: async (context, input, io) => {
    const format = required(input, 'format');
    if (!isLedgerFormat(format)) throw new UsageError(`--format must be ${LEDGER_FORMATS.join(' or ')}, not "${format}".`);
    const out = required(input, 'out');
    await mkdir(path.dirname(path.resolve(out)), { recursive: true });
    await pipeline(exportLedger(context.db, format), createWriteStream(out));
    io.print(out);
    return 0;
  },
};
