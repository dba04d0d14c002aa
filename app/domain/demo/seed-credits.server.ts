import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { giveCredits } from '#app/domain/credits/give-credits.server.ts';
import { setCreditWatch } from '#app/domain/credits/set-credit-watch.server.ts';
import type { DB } from '#db/types.ts';
import { families } from './company.ts';
import { idOf } from './random.ts';
import { userIdOf } from './seed-people.server.ts';

const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };

export const TEN_LESSONS = idOf('package on sale', 'ten');

const packages = [
  { id: idOf('package on sale', 'five'), name: 'Five lessons', credits: 500n, price: 38_000n, validDays: 120 },
  { id: TEN_LESSONS, name: 'Ten lessons', credits: 1000n, price: 72_000n, validDays: 180 },
  {
    id: idOf('package on sale', 'twenty'),
    name: 'Twenty lessons',
    credits: 2000n,
    price: 136_000n,
    validDays: 365,
    description: 'For a whole school year, at the best price for each lesson.',
  },
];

/** What is on sale, before the first family buys. */
export async function seedPackages(trx: Transaction<DB>): Promise<void> {
  await trx
    .insertInto('package')
    .values(packages.map((one, position) => ({ ...one, position: position + 1, inStorefront: true })))
    .execute();
}

/** Families buy by themselves; one is topped up when it runs low, one was given a lesson. */
export async function seedCredits(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  await saveMoneySettings(trx, admin, { families_buy_packages: true });
  const [first, second] = families.filter((family) => family.mode === 'credits');
  if (first) await setCreditWatch(trx, admin, { clientId: first.id, lowCredits: 300n, topUpPackageId: TEN_LESSONS });
  if (!second) return;
  await giveCredits(trx, ctx, admin, {
    id: idOf('credits given', second.key),
    clientId: second.id,
    kind: 'gift',
    credits: 100n,
    reason: 'For the lesson that ended early when the tutor’s connection failed',
  });
}
