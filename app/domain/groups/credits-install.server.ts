import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

export interface CreditsInstall {
  installId: string;
  /** Hundredths of a credit that a planned session of so many minutes takes, by its settings. */
  priceOf(minutes: number): bigint;
}

/** The billing by credits that is switched on; undefined where there is none, and courses can't be sold as a whole. */
export async function findCreditsInstall(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins'>,
): Promise<CreditsInstall | undefined> {
  const install = (await ctx.plugins.listInstalls(db, 'billing')).find(
    (candidate) => candidate.usable && ctx.plugins.billingCapabilities(candidate.pluginId)?.pays === 'credits',
  );
  if (!install) return undefined;
  const mode = await ctx.plugins.billingMode(db, install.id);
  return {
    installId: install.id,
    priceOf: (minutes) =>
      mode.assess({
        attendanceId: install.id,
        revision: 1,
        billable: true,
        state: 'booked',
        outcome: 'planned',
        plannedMinutes: minutes,
        minutes: null,
        chargePercent: null,
        fee: null,
        creditsAvailable: 0n,
        mayRefuse: false,
      }).targets.hold ?? 0n,
  };
}
