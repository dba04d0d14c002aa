import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { assessPeriods } from './assess-periods.server.ts';
import { confirmInvoiceRun } from './confirm-invoice-run.server.ts';
import type { Period } from './invoice-run.ts';
import { listRunsOf } from './invoice-run-queries.server.ts';
import { issueInvoiceRun } from './issue-invoice-run.server.ts';
import { previewInvoiceRun } from './preview-invoice-run.server.ts';

export interface RunInvoices extends Period {
  /** Families get no mail. */
  quiet?: boolean;
  onBatch?: (invoices: number) => void;
}

/**
 * Everything of a period in one call, for the command line: finishes a run of exactly this period that was interrupted,
 * confirms a new one if anything is left to bill, and issues it.
 * @returns how many invoices were issued now
 */
export async function runInvoices(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: RunInvoices): Promise<number> {
  const { from, to } = input;
  const finish = async () => {
    let issued = 0;
    for (const run of await listRunsOf(db, { from, to })) {
      if (run.status === 'issuing') issued += await issueInvoiceRun(db, ctx, { ...input, runId: run.id }, actor);
    }
    return issued;
  };
  await assessPeriods(db, ctx);
  let issued = await finish();
  for (let attempt = 1; ; attempt++) {
    const preview = await previewInvoiceRun(db, { from, to }, ctx.clock());
    if (preview.totals.lines === 0) break;
    try {
      await confirmInvoiceRun(db, ctx, actor, { from, to, hash: preview.hash });
      break;
    } catch (error) {
      // Nobody has looked at this preview: if something was settled meanwhile, the new one is as good.
      if (!isDomainError(error, 'preview_changed') || attempt >= 5) throw error;
    }
  }
  issued += await finish();
  return issued;
}
