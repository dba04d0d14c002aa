import { toCsv } from '#app/domain/billing/csv.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { listCredits } from '#app/domain/billing/list-credits.server.ts';
import { formatDecimal } from '#app/domain/billing/money.ts';
import { type Command, required } from '../command.ts';
import { writeFiles } from '../write-files.ts';

const columns = ['client', 'granted', 'used', 'booked', 'expired', 'available'];

export const command: Command = {
  name: 'credits',
  summary: 'Writes credits.csv: what every family in mode credits was granted, has used, booked and left.',
  usage: 'credits --out DIR',
  options: { out: { type: 'string' } },
  run: async (context, input, io) => {
    const out = required(input, 'out');
    await expireCredits(context.db, context);
    const rows = (await listCredits(context.db, context.plugins)).map((one) => ({
      client: one.clientRef,
      granted: formatDecimal(one.granted, 2),
      used: formatDecimal(one.used, 2),
      booked: formatDecimal(one.booked, 2),
      expired: formatDecimal(one.expired, 2),
      available: formatDecimal(one.available, 2),
    }));
    for (const file of await writeFiles(out, { 'credits.csv': toCsv(columns, rows) })) io.print(file);
    return 0;
  },
};
