import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { percentOf, smallerOf } from './money.ts';
import { type HandLine, postRunLine } from './post-run-line.server.ts';

interface Client {
  id: string;
  ref: string;
}

/** Deletes an unclaimed line by hand with what hangs on it, and takes its postings back. */
export async function dropRunLine(
  trx: Transaction<DB>,
  line: HandLine & { net: bigint },
  client: Client,
  currency: string,
): Promise<void> {
  await followCharge(trx, { chargeId: line.id, net: 0n, client, currency });
  await trx.deleteFrom('charge').where('id', '=', line.id).execute();
  const back = { ...line, description: `Taken away: ${line.description}` };
  await postRunLine(trx, back, client, { was: line.net, net: 0n, currency });
}

/**
 * Before a charge that no run has becomes `net` (0: goes): what is about it goes along. A percentage is taken anew, an
 * amount stays as far as there is anything to take it from, and a write-off takes back what is left.
 */
export async function followCharge(
  trx: Transaction<DB>,
  change: { chargeId: string; net: bigint; client: Client; currency: string },
): Promise<void> {
  const { chargeId, client, currency } = change;
  // Whoever is writing a line about it right now holds this row: wait, and see that line.
  await trx.selectFrom('charge').select('id').where('id', '=', chargeId).forUpdate().execute();
  const lines = await trx
    .selectFrom('charge')
    .selectAll()
    .where('aboutChargeId', '=', chargeId)
    .where('runId', 'is', null)
    // Discounts first, since a write-off is of what they leave.
    .orderBy('kind')
    .orderBy('id')
    .execute();
  let rest = change.net;
  for (const { kind, ...line } of lines) {
    if (kind !== 'discount' && kind !== 'write_off') continue;
    const { percent, ...said } = line.reason as { percent?: string; of?: string };
    const wanted = kind === 'write_off' ? rest : percent === undefined ? smallerOf(-line.net, rest) : percentOf(rest, percent);
    const hand = { ...line, kind: kind as HandLine['kind'] };
    if (wanted <= 0n) {
      await dropRunLine(trx, hand, client, currency);
      continue;
    }
    const reason = JSON.stringify({ ...said, ...(percent === undefined ? {} : { percent }), of: rest.toString() });
    await trx.updateTable('charge').set({ net: -wanted, reason }).where('id', '=', line.id).execute();
    await postRunLine(trx, hand, client, { was: line.net, net: -wanted, currency });
    rest -= wanted;
  }
}
