import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { PlaceSnapshot } from '#plugins/contract/index.ts';

const MISSED: PlaceSnapshot = {
  attendanceId: '',
  revision: 1,
  billable: true,
  state: 'settled',
  outcome: 'late_cancel',
  plannedMinutes: 60,
  minutes: 60,
  chargePercent: '100',
  fee: 100n,
  creditsAvailable: 0n,
  mayRefuse: false,
};

/** Whether a family that is billed so would owe anything for what it misses: where it would not, nothing need be waived. */
export async function chargesPlaces(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
  billingInstallId: string,
): Promise<boolean> {
  const mode = await ctx.plugins.billingMode(trx, billingInstallId);
  if (mode.periodic) return true;
  return Object.values(mode.assess(MISSED).targets).some((amount) => amount !== undefined && amount !== 0n);
}
