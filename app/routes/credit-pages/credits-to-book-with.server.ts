import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listCredits } from '#app/domain/billing/list-credits.server.ts';
import { offeredPackages } from './offered-packages.server.ts';

/** What whoever pays has left to book with; none for a student or a guardian who doesn't pay. */
export async function creditsToBookWith(args: LoaderFunctionArgs): Promise<{ available: bigint | null; canBuy: boolean }> {
  const user = await authorize(args, 'family.enter');
  const { db, plugins } = args.context;
  const own = user.roles.includes('client')
    ? user.clientIds.filter((clientId) => can(user, 'credits.read', { type: 'client', clientId }))
    : [];
  const rows = (await Promise.all(own.map((clientId) => listCredits(db, plugins, { clientId })))).flat();
  if (rows.length === 0) return { available: null, canBuy: false };
  return {
    available: rows.reduce((sum, row) => sum + row.available, 0n),
    canBuy: (await offeredPackages(args.context)).length > 0,
  };
}
