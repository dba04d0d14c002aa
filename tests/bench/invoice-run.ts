import { type Kysely, sql } from 'kysely';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { issueInvoiceRun } from '#app/domain/billing/issue-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { openDatabase } from '#db/client.ts';
import type { DB } from '#db/types.ts';
import { manySettledPlaces } from '#tests/factories/many-settled-places.ts';
import { testContext } from '#tests/setup/context.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, milliseconds } from './line.ts';

const FAMILIES = 1_000;
const PLACES = 10;
const PERIOD = { from: '2026-03-01', to: '2026-04-01' };
/** In the order their foreign keys want. */
const TABLES = ['invoice', 'invoice_line', 'invoice_tax', 'ledger_transaction', 'ledger_entry'] as const;

/** An invoice run of 10,000 places into 1,000 invoices, against one INSERT ... SELECT of the rows it wrote. */
export async function benchInvoiceRun(ground: Ground): Promise<BenchLine> {
  const open = (url: string) => openDatabase({ url, max: 4, statementTimeoutMs: 300_000, onError: () => {} });
  const first = open(await ground.database('bench_invoices'));
  await manySettledPlaces(first.db, { families: FAMILIES, places: PLACES });
  await first.close();
  const floorUrl = await ground.database('bench_invoices_floor', 'bench_invoices');

  const database = open(first.url);
  const floor = open(floorUrl);
  try {
    const ctx = testContext(database.db, { now: '2026-04-02T08:00:00Z' });
    const actor = { userId: null, kind: 'system' } as const;
    const heap = process.memoryUsage().heapUsed;
    let peak = heap;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    }, 20);
    let issued = 0;
    const preview = await previewInvoiceRun(database.db, PERIOD, ctx.clock());
    let runId = '';
    const confirming = await milliseconds(async () => {
      ({ runId } = await confirmInvoiceRun(database.db, ctx, actor, { ...PERIOD, hash: preview.hash }));
    });
    const issuing = await milliseconds(async () => {
      issued = await issueInvoiceRun(database.db, ctx, { runId, quiet: true }, actor);
    });
    clearInterval(watch);
    if (issued !== FAMILIES) throw new Error(`the run issued ${issued} invoices instead of ${FAMILIES}`);

    const rows = await stage(database.db, floor.db, runId);
    const copying = await milliseconds(() => copy(floor.db));
    const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
    return {
      what: `Invoice run, ${FAMILIES * PLACES} places into ${FAMILIES} invoices`,
      ours: `${issuing.toFixed(0)} ms to issue (after ${confirming.toFixed(0)} ms to check the preview and claim every line)`,
      against: `${copying.toFixed(0)} ms for one INSERT ... SELECT of the same ${rows} rows, ledger entries included`,
      ratio: issuing / copying,
      promise: 'promised: at most 4',
      note: `memory: at most ${mib(peak - heap)} more than before`,
    };
  } finally {
    await database.close();
    await floor.close();
  }
}

/** Puts the rows the run wrote into tables beside the real ones of a database that has not seen the run. */
async function stage(from: Kysely<DB>, to: Kysely<DB>, runId: string): Promise<number> {
  const rowsOf = async (table: string) => {
    const { rows } = await sql<{
      rows: string;
    }>`SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${sql.raw(table)} t`.execute(from);
    return rows[0]?.rows ?? '[]';
  };
  await sql`INSERT INTO invoice_run SELECT * FROM json_populate_recordset(NULL::invoice_run, ${await rowsOf('invoice_run')}::json)`.execute(
    to,
  );
  await sql`INSERT INTO account (id, code, kind, commodity, client_id, tutor_id)
    SELECT id, code, kind, commodity, client_id, tutor_id FROM json_populate_recordset(NULL::account, ${await rowsOf('account')}::json)
    ON CONFLICT DO NOTHING`.execute(to);
  let count = 0;
  for (const table of TABLES) {
    await sql`CREATE TABLE ${sql.raw(`staged_${table}`)} AS
      SELECT * FROM json_populate_recordset(NULL::${sql.raw(table)}, ${await rowsOf(table)}::json)`.execute(to);
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sql.raw(`staged_${table}`)}`.execute(to);
    count += rows[0]?.count ?? 0;
  }
  await sql`UPDATE charge SET run_id = ${runId}::uuid`.execute(to);
  await sql`ANALYZE`.execute(to);
  return count;
}

/** With every constraint, trigger and balance of the real tables, as the run has them. */
async function copy(db: Kysely<DB>): Promise<void> {
  await sql`
    WITH a AS (INSERT INTO invoice SELECT * FROM staged_invoice),
      b AS (INSERT INTO invoice_line SELECT * FROM staged_invoice_line),
      c AS (INSERT INTO invoice_tax SELECT * FROM staged_invoice_tax),
      d AS (INSERT INTO ledger_transaction SELECT * FROM staged_ledger_transaction)
    INSERT INTO ledger_entry (transaction_id, account_id, amount) SELECT transaction_id, account_id, amount FROM staged_ledger_entry ORDER BY seq`.execute(
    db,
  );
}
