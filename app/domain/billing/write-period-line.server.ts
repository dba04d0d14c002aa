import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';
import type { PeriodLine } from '#plugins/contract/index.ts';
import { followCharge } from './follow-charge.server.ts';
import type { PeriodOfClient } from './period-queries.server.ts';
import { postRunLine } from './post-run-line.server.ts';

interface Wanted {
  period: PeriodOfClient;
  key: string;
  /** Undefined: nothing of this key should be there. */
  target: PeriodLine | undefined;
  currency: string;
  now: Date;
}

/** What the line says: of a month that was billed already it is the difference. */
export const periodLineText = (target: PeriodLine | undefined, claimed: bigint): string | undefined =>
  target && (claimed === 0n ? target.description : `${target.description}, the difference`);

/** Brings the one unclaimed charge of a period's line to what is wanted less what runs have claimed, and the books with it. */
export async function writePeriodLine(trx: Transaction<DB>, { period, key, target, currency, now }: Wanted): Promise<void> {
  const { clientId, clientRef, installId, snapshot } = period;
  const client = { id: clientId, ref: clientRef };
  const rows = await trx
    .selectFrom('charge')
    .select(['id', 'runId', 'net', 'description', 'revision', 'localDate'])
    .where('clientId', '=', clientId)
    .where('periodicInstallId', '=', installId)
    .where('periodicFrom', '=', snapshot.from)
    .where('periodicKey', '=', key)
    .orderBy('revision')
    .forUpdate()
    .execute();
  const claimed = rows.filter((row) => row.runId !== null).reduce((sum, row) => sum + row.net, 0n);
  const open = rows.find((row) => row.runId === null);
  const net = (target?.net ?? 0n) - claimed;
  const was = open?.net ?? 0n;
  const description = periodLineText(target, claimed) ?? open?.description ?? `Taken back, ${snapshot.from.slice(0, 7)}`;
  if (net === was && (net === 0n || open?.description === description)) return;
  const values = {
    description,
    net,
    minutes: target?.minutes ?? null,
    taxPercent: target?.taxPercent ?? '0',
    reason: JSON.stringify({ said: target?.explanation ?? 'No longer part of the billing of this month.' }),
  };
  const line = { id: open?.id ?? '', kind: 'periodic' as const, localDate: period.chargedOn, description };
  if (open) {
    await followCharge(trx, { chargeId: open.id, net, client, currency });
    if (net === 0n) await trx.deleteFrom('charge').where('id', '=', open.id).execute();
    else await trx.updateTable('charge').set(values).where('id', '=', open.id).execute();
    await postRunLine(trx, { ...line, localDate: open.localDate }, client, { was, net, currency });
    return;
  }
  const made = await trx
    .insertInto('charge')
    .values({
      ...values,
      kind: 'periodic',
      clientId,
      localDate: period.chargedOn,
      revision: (rows.at(-1)?.revision ?? 0) + 1,
      periodicInstallId: installId,
      periodicFrom: snapshot.from,
      periodicKey: key,
      settledAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await postRunLine(trx, { ...line, id: made.id }, client, { was: 0n, net, currency });
}
