import { isDomainError } from '#app/domain/errors.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { payRunFiles } from '#app/domain/payroll/pay-run-files.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { type Command, required, requiredDate, UsageError } from '../command.ts';
import { writeFiles } from '../write-files.ts';

export const command: Command = {
  name: 'pay-run',
  summary:
    'Writes payroll.csv and payroll_lines.csv of the sessions from --from up to, and not with, --to. ' +
    'Without --approve it only previews; with --approve it approves what is left to pay. Again, it writes the same.',
  usage: 'pay-run --from DATE --to DATE [--approve] --out DIR',
  options: { from: { type: 'string' }, to: { type: 'string' }, approve: { type: 'boolean' }, out: { type: 'string' } },
  run: async (context, input, io) => {
    const period = { from: requiredDate(input, 'from'), to: requiredDate(input, 'to') };
    if (period.to <= period.from)
      throw new UsageError('--to must come after --from: it is the first day that is not in the period.');
    const out = required(input, 'out');
    for (let attempt = 1; input.options.approve; attempt++) {
      const preview = await previewPayRun(context.db, period, context.clock());
      if (preview.totals.lines === 0) {
        io.print('Nothing was left to approve.');
        break;
      }
      try {
        await approvePayRun(context.db, context, { userId: null, kind: 'system' }, { ...period, hash: preview.hash });
        io.print(`${preview.totals.lines} lines of ${preview.totals.tutors} tutors approved.`);
        break;
      } catch (error) {
        // Nobody has looked at this preview: if something was settled meanwhile, the new one is as good.
        if (!isDomainError(error, 'preview_changed') || attempt >= 5) throw error;
      }
    }
    for (const file of await writeFiles(out, await payRunFiles(context.db, period, context.clock()))) io.print(file);
    return 0;
  },
};
