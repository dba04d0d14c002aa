import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { sharesOfDiscount } from './discount-shares.ts';
import type { Period } from './invoice-run.ts';
import { lockBilledClient } from './lock-billed-client.server.ts';
import { currencyDigits, formatDecimal, percentOf } from './money.ts';
import { postRunLine } from './post-run-line.server.ts';
import type { Discount } from './run-adjustment.schema.ts';
import { listRunFamilies } from './run-families.server.ts';
import { EVERYBODY, type RunScope } from './run-scope.ts';
import { shortPercent } from './tax.ts';

interface Base {
  chargeId: string;
  localDate: string;
  net: bigint;
  taxPercent: string;
  programId: string | null;
}

/**
 * A discount on one unbilled line, or on all that a run of `period` and `scope` would bill this family: an amount, or a
 * percentage of it as it is now. With several tax percentages it is split over them, a line each, so that the tax goes
 * down with what it is of. Sent twice (the same requestId) it is given once.
 * @throws DomainError not_found, locked (on a run already), invalid_value (field amount) above what there is
 */
export async function giveDiscount(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: Discount & { period: Period; scope?: RunScope },
): Promise<{ net: bigint }> {
  return inTransaction(db, async (trx) => {
    const client = await lockBilledClient(trx, input.clientId);
    const before = await sql<{ net: bigint }>`
      SELECT net FROM charge WHERE client_id = ${client.id}::uuid AND kind = 'discount'
        AND reason ->> 'request' = ${input.requestId}`.execute(trx);
    if (before.rows.length > 0) return { net: before.rows.reduce((sum, row) => sum + row.net, 0n) };
    const bases = input.chargeId ? [await oneLine(trx, client.id, input.chargeId)] : await allLines(trx, client.id, input);
    const whole = bases.reduce((sum, base) => sum + base.net, 0n);
    const { currency } = await getOrganisation(trx);
    const digits = currencyDigits(currency);
    const amount = input.amount ?? percentOf(whole, input.percent ?? '0');
    if (amount <= 0n || amount > whole) {
      const most =
        whole > 0n
          ? `There are ${formatDecimal(whole, digits)} ${currency} to take it from.`
          : 'There is nothing to take it from.';
      throw new DomainError('invalid_value', most, { field: input.amount === null ? 'percent' : 'amount' });
    }
    for (const share of sharesOfDiscount(bases, amount)) {
      const values = {
        kind: 'discount' as const,
        localDate: share.localDate,
        description: `Discount: ${input.reason}`,
      };
      const made = await trx
        .insertInto('charge')
        .values({
          ...values,
          clientId: client.id,
          net: -share.amount,
          taxPercent: share.taxPercent,
          aboutChargeId: input.chargeId,
          programId: share.programId,
          reason: JSON.stringify({
            said: input.reason,
            of: share.of.toString(),
            ...(input.percent === null ? {} : { percent: shortPercent(input.percent) }),
            request: input.requestId,
          }),
          settledAt: ctx.clock(),
          createdBy: actor.userId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await postRunLine(trx, { ...values, id: made.id }, client, { was: 0n, net: -share.amount, currency });
    }
    await audit(trx, actor, {
      action: 'charge.discount',
      subjectType: 'client',
      subjectId: client.id,
      after: { net: -amount, percent: input.percent, about: input.chargeId },
      reason: input.reason,
    });
    return { net: -amount };
  });
}

async function oneLine(trx: Transaction<DB>, clientId: string, chargeId: string): Promise<Base> {
  const { rows } = await sql<Base & { runId: string | null; kind: string }>`
    SELECT c.id AS charge_id, c.local_date, c.tax_percent, c.program_id, c.run_id, c.kind,
      (c.net + coalesce((SELECT sum(d.net) FROM charge d WHERE d.about_charge_id = c.id AND d.reversed_at IS NULL), 0))::bigint AS net
    FROM charge c WHERE c.id = ${chargeId}::uuid AND c.client_id = ${clientId}::uuid FOR UPDATE`.execute(trx);
  const [line] = rows;
  if (!line) throw new DomainError('not_found', 'This line is not there any more.');
  if (line.runId) throw new DomainError('locked', 'This line is on an invoice already; take it back by a credit note.');
  return line;
}

async function allLines(
  trx: Transaction<DB>,
  clientId: string,
  { period, scope = EVERYBODY }: { period: Period; scope?: RunScope },
) {
  const [family] = await listRunFamilies(trx, period, { ...scope, clientIds: [clientId] });
  const programId = scope.programIds?.[0] ?? null;
  return (family?.lines ?? []).map((line) => ({ ...line, programId }));
}
