import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import { type AccountSpec, accounts } from './accounts.ts';
import type { ChargeKind } from './invoice-run.ts';
import { post } from './ledger.server.ts';

export interface HandLine {
  id: string;
  kind: Extract<ChargeKind, 'extra' | 'discount' | 'write_off' | 'periodic'>;
  localDate: string;
  description: string;
}

const against: Record<HandLine['kind'], (currency: string) => AccountSpec> = {
  extra: accounts.extras,
  discount: accounts.discounts,
  write_off: accounts.writeOffs,
  periodic: accounts.subscriptions,
};

/** Brings the books from `was` to `net` (minor units) for a line by hand; nothing where they are the same. */
export async function postRunLine(
  trx: Transaction<DB>,
  line: HandLine,
  client: { id: string; ref: string },
  change: { was: bigint; net: bigint; currency: string },
): Promise<void> {
  const { was, net, currency } = change;
  if (was === net) return;
  const { count } = await trx
    .selectFrom('ledgerTransaction')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('idempotencyKey', 'like', `line:${line.id}:%`)
    .executeTakeFirstOrThrow();
  await post(trx, {
    key: `line:${line.id}:${count + 1n}`,
    effectiveOn: line.localDate,
    description: line.description,
    entries: [
      { account: accounts.unbilled(client, currency), amount: net - was },
      { account: against[line.kind](currency), amount: was - net },
    ],
  });
}
