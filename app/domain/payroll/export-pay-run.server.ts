import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { csvMoney, toCsv } from '#app/domain/billing/csv.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { listPayLines } from './pay-run-queries.server.ts';

export interface PayRunFile {
  name: string;
  csv: string;
  sha256: string;
}

const columns = ['tutor', 'name', 'kind', 'ref', 'date', 'minutes', 'amount', 'currency', 'late', 'note'];

/**
 * The file for the payroll. The first export locks the run and stores the file with its hash; later ones give the same
 * file, whatever was renamed since.
 * @throws DomainError locked when the run is void
 */
export async function exportPayRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { runId: string },
): Promise<PayRunFile> {
  return inTransaction(db, async (trx) => {
    const run = await trx.selectFrom('payRun').selectAll().where('id', '=', input.runId).forUpdate().executeTakeFirst();
    if (!run) throw new DomainError('not_found', 'There is no such pay run.');
    if (run.status === 'void') throw new DomainError('locked', 'This run is void: there is nothing to pay by it.');
    const name = `pay-${run.periodFrom}-to-${run.periodTo}.csv`;
    if (run.status === 'exported') return { name, csv: await storedFile(trx, run.id), sha256: run.exportHash ?? '' };
    const { currency } = await getOrganisation(trx);
    const digits = currencyDigits(currency);
    const rows = (await listPayLines(trx, run.id)).map((line) => ({
      tutor: line.tutorRef,
      name: line.tutorName,
      kind: line.kind,
      ref: line.ref,
      date: line.localDate,
      minutes: line.minutes,
      amount: csvMoney(line.amount, digits),
      currency,
      late: line.late ? 'yes' : '',
      note: line.note,
    }));
    const csv = toCsv(columns, rows, { spreadsheet: true });
    const sha256 = createHash('sha256').update(csv).digest('hex');
    await trx
      .insertInto('idempotencyKey')
      .values({ scope: SCOPE, key: run.id, result: JSON.stringify({ csv }) })
      .execute();
    await trx
      .updateTable('payRun')
      .set({ status: 'exported', exportedAt: ctx.clock(), exportHash: sha256 })
      .where('id', '=', run.id)
      .execute();
    await audit(trx, actor, { action: 'pay_run.export', subjectType: 'pay_run', subjectId: run.id, after: { sha256 } });
    return { name, csv, sha256 };
  });
}

const SCOPE = 'pay-run.export';

async function storedFile(trx: Kysely<DB>, runId: string): Promise<string> {
  const { rows } = await sql<{ csv: string }>`
    SELECT result->>'csv' AS csv FROM idempotency_key WHERE scope = ${SCOPE} AND key = ${runId}`.execute(trx);
  if (!rows[0]) throw new Error(`the exported file of pay run ${runId} is gone`);
  return rows[0].csv;
}
