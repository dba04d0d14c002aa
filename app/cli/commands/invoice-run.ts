import { invoiceRunFiles } from '#app/domain/billing/invoice-run-files.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { type Command, required, requiredDate, UsageError } from '../command.ts';
import { writeFiles } from '../write-files.ts';

export const command: Command = {
  name: 'invoice-run',
  summary:
    'Writes invoices.csv, invoice_lines.csv and left_out.csv of the sessions from --from up to, and not with, --to. ' +
    'Without --issue it only previews; with --issue it finishes a run that was interrupted, and issues what is left. Again, it writes the same. ' +
    '--quiet sends families no mail.',
  usage: 'invoice-run --from DATE --to DATE [--issue] [--quiet] --out DIR',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    issue: { type: 'boolean' },
    quiet: { type: 'boolean' },
    out: { type: 'string' },
  },
  run: async (context, input, io) => {
    const period = { from: requiredDate(input, 'from'), to: requiredDate(input, 'to') };
    if (period.to <= period.from)
      throw new UsageError('--to must come after --from: it is the first day that is not in the period.');
    const out = required(input, 'out');
    if (input.options.issue) {
      const issued = await runInvoices(
        context.db,
        context,
        { userId: null, kind: 'system' },
        { ...period, quiet: input.options.quiet === true },
      );
      io.print(issued === 0 ? 'Nothing was left to issue.' : `${issued} ${issued === 1 ? 'invoice' : 'invoices'} issued.`);
    }
    for (const file of await writeFiles(out, await invoiceRunFiles(context.db, period, context.clock()))) io.print(file);
    return 0;
  },
};
