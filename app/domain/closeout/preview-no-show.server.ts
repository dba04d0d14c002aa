import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { snapshotOf } from '#app/domain/billing/assess-session.server.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { factsOf, listRatesOf, loadSession } from '#app/domain/billing/session-facts.server.ts';
import { settle } from '#app/domain/billing/settlement.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export interface NoShowMeans {
  studentId: string;
  /** What the tutor gets for the session if this student does not come and the others do, in minor units; null: no rate. */
  pay: bigint | null;
  payPercent: string;
  /** Net in minor units that the client will owe; null where the mode doesn't invoice it, or there is no rate. */
  fee: bigint | null;
  chargePercent: string;
}

/** What a no-show of each student would come to, said before it is marked. Changes nothing. */
export async function previewNoShow(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  sessionId: string,
): Promise<NoShowMeans[]> {
  return inTransaction(db, async (trx) => {
    const loaded = await loadSession(trx, sessionId);
    const rates = await listRatesOf(trx, loaded);
    const { durationMinutes } = loaded.session;
    const closeOut = { actualMinutes: durationMinutes, paidMinutes: null, miles: null, approved: true };
    const left = loaded.places.filter((place) => isLeft(place.outcome));
    const means: NoShowMeans[] = [];
    for (const absent of left) {
      const places = loaded.places.map((place) =>
        isLeft(place.outcome) ? { ...place, outcome: place === absent ? 'no_show' : 'attended' } : place,
      );
      const settlement = settle({ ...factsOf({ ...loaded, places }, rates), closeOut });
      const settled = settlement.places.find((place) => place.id === absent.id);
      if (!settled) throw new Error('a place without its settlement');
      const mode = await ctx.plugins.billingMode(trx, absent.billingInstallId);
      const { targets } = mode.assess(snapshotOf(loaded.session, { ...absent, outcome: 'no_show' }, settled, 0n, false));
      means.push({
        studentId: absent.studentId,
        pay: settlement.payLeftOut === 'missing_rate' ? null : (settlement.pay?.amount ?? 0n),
        payPercent: settled.payPercent ?? '0',
        fee: targets.invoice ?? null,
        chargePercent: settled.chargePercent ?? '0',
      });
    }
    return means;
  });
}
