import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PayrollFile } from '#plugins/contract/index.ts';
import { getPayrollRun } from './payroll-run-queries.server.ts';

export interface PayRunFile {
  name: string;
  contentType: string;
  csv: string;
  sha256: string;
}

/**
 * The file for the payroll, written by a payroll export that is installed (the first that is switched on, where none is
 * named). The first export locks the run and stores the file with its hash; later ones give the same file, whatever was
 * renamed or set otherwise since.
 * @throws DomainError locked when the run is void, not_found where no payroll export is switched on
 */
export async function exportPayRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { runId: string; installId?: string | undefined },
): Promise<PayRunFile> {
  return inTransaction(db, async (trx) => {
    const run = await trx.selectFrom('payRun').selectAll().where('id', '=', input.runId).forUpdate().executeTakeFirst();
    if (!run) throw new DomainError('not_found', 'This pay run is not there.');
    if (run.status === 'void') throw new DomainError('locked', 'This run is void: there is nothing to pay by it.');
    if (run.exportHash !== null) return storedFile(trx, { ...run, exportHash: run.exportHash });
    const installId = input.installId ?? (await ctx.plugins.defaultInstall(trx, 'payroll'))?.id;
    if (!installId) throw new DomainError('not_found', 'No payroll export is switched on: see Plugins in the settings.');
    const { exporter } = await ctx.plugins.payrollExport(trx, installId);
    const file = exporter.export(await getPayrollRun(trx, run));
    const sha256 = createHash('sha256').update(file.content).digest('hex');
    await trx
      .insertInto('idempotencyKey')
      .values({ scope: SCOPE, key: run.id, result: JSON.stringify({ csv: file.content, contentType: file.contentType }) })
      .execute();
    await trx
      .updateTable('payRun')
      .set({
        status: run.status === 'paid' ? 'paid' : 'exported',
        exportedAt: ctx.clock(),
        exportHash: sha256,
        exportInstallId: installId,
        exportName: file.name,
      })
      .where('id', '=', run.id)
      .execute();
    await audit(trx, actor, {
      action: 'pay_run.export',
      subjectType: 'pay_run',
      subjectId: run.id,
      after: { sha256, installId },
    });
    return asFile(file, sha256);
  });
}

const SCOPE = 'pay-run.export';

const asFile = ({ name, contentType, content }: PayrollFile, sha256: string): PayRunFile => ({
  name,
  contentType,
  csv: content,
  sha256,
});

interface Exported {
  id: string;
  periodFrom: string;
  periodTo: string;
  exportName: string | null;
  exportHash: string;
}

async function storedFile(trx: Kysely<DB>, run: Exported): Promise<PayRunFile> {
  const { rows } = await sql<{ csv: string; contentType: string | null }>`
    SELECT result->>'csv' AS csv, result->>'contentType' AS content_type FROM idempotency_key
    WHERE scope = ${SCOPE} AND key = ${run.id}`.execute(trx);
  const [kept] = rows;
  if (!kept) throw new Error(`the exported file of pay run ${run.id} is gone`);
  const name = run.exportName ?? `pay-${run.periodFrom}-to-${run.periodTo}.csv`;
  return { name, contentType: kept.contentType ?? 'text/csv; charset=utf-8', csv: kept.csv, sha256: run.exportHash };
}
