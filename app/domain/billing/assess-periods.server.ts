import { type Kysely, sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PeriodLine } from '#plugins/contract/index.ts';
import { followBillingMode } from './follow-billing-mode.server.ts';
import { type PeriodOfClient, readPeriods } from './period-queries.server.ts';
import { periodLineText, writePeriodLine } from './write-period-line.server.ts';

/**
 * The fees of billing modes that are paid by the period: asks each mode what should be on invoices for each month of each
 * of its families, and brings what no run has claimed to the difference. What is claimed stays; a change after that goes
 * onto the next run. Repeating it does nothing.
 * @returns how many families had something to change
 */
export async function assessPeriods(db: Kysely<DB>, ctx: DomainContext): Promise<number> {
  const organisation = await findOrganisation(db);
  if (!organisation || ctx.plugins.billingPluginIds('period').length === 0) return 0;
  await inTransaction(db, (trx) => followBillingMode(trx, ctx));
  const today = localDateOf(ctx.clock(), organisation.timezone);
  const due = (await withTargets(db, ctx, await readPeriods(db, { today }))).filter(differs);
  const families = new Set(due.map(({ period }) => period.clientId));
  for (const clientId of families) await inTransaction(db, (trx) => assessPeriodsOf(trx, ctx, clientId));
  return families.size;
}

/** As assessPeriods, of one family, in the transaction of what changed: a close-out, its mode. */
export async function assessPeriodsOf(trx: Transaction<DB>, ctx: DomainContext, clientId: string): Promise<void> {
  const organisation = await findOrganisation(trx);
  if (!organisation) return;
  await sql`SELECT 1 FROM client WHERE id = ${clientId}::uuid FOR NO KEY UPDATE`.execute(trx);
  const today = localDateOf(ctx.clock(), organisation.timezone);
  for (const one of await withTargets(trx, ctx, await readPeriods(trx, { today, clientId }))) {
    for (const key of keysOf(one)) {
      const target = one.lines.find((line) => line.key === key);
      await writePeriodLine(trx, {
        period: one.period,
        key,
        target,
        currency: organisation.currency,
        now: ctx.clock(),
      });
    }
  }
}

interface Targeted {
  period: PeriodOfClient;
  lines: readonly PeriodLine[];
}

async function withTargets(db: Kysely<DB>, ctx: DomainContext, periods: readonly PeriodOfClient[]): Promise<Targeted[]> {
  const targeted: Targeted[] = [];
  for (const period of periods) {
    const mode = await ctx.plugins.billingMode(db, period.installId);
    if (mode.periodic) targeted.push({ period, lines: mode.periodic(period.snapshot) });
  }
  return targeted;
}

const keysOf = ({ period, lines }: Targeted) =>
  [...new Set([...lines.map((line) => line.key), ...period.posted.map((one) => one.key)])].sort();

function differs({ period, lines }: Targeted): boolean {
  return keysOf({ period, lines }).some((key) => {
    const line = lines.find((one) => one.key === key);
    const posted = period.posted.find((one) => one.key === key);
    const open = (line?.net ?? 0n) - (posted?.claimed ?? 0n);
    return (
      open !== (posted?.open ?? 0n) ||
      (open !== 0n && line !== undefined && posted?.description !== periodLineText(line, posted?.claimed ?? 0n))
    );
  });
}
