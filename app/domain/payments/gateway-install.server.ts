import type { Kysely } from 'kysely';
import type { PluginHost, ReadyPaymentGateway } from '#app/plugin-host/types.ts';
import type { DB } from '#db/types.ts';

/** The gateway that families pay through; undefined where none is enabled. */
export async function findGateway(db: Kysely<DB>, ctx: { plugins: PluginHost }): Promise<ReadyPaymentGateway | undefined> {
  const install = await ctx.plugins.defaultInstall(db, 'payment');
  return install && ctx.plugins.paymentGateway(db, install.id);
}

/** What families can do with the gateway, for pages to show or hide. */
export interface PayOptions {
  checkout: boolean;
  savedCards: boolean;
}

export async function payOptions(db: Kysely<DB>, ctx: { plugins: PluginHost }, currency: string): Promise<PayOptions> {
  const ready = await findGateway(db, ctx).catch(() => undefined);
  const taken = ready && takesCurrency(ready, currency);
  return { checkout: Boolean(taken && ready.capabilities.checkout), savedCards: Boolean(taken && ready.capabilities.savedCards) };
}

export const takesCurrency = ({ capabilities }: ReadyPaymentGateway, currency: string) =>
  capabilities.currencies === 'any' || capabilities.currencies.includes(currency);
