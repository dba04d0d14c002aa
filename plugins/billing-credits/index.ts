import { type BillingMode, definePlugin, type PlaceSnapshot, z } from '#plugins/contract/index.ts';
import { formatCredits, percentOf } from './credits.ts';

const belowZero = (shortfall: bigint) => (shortfall > 0n ? { flag: `Goes ${formatCredits(shortfall)} credits below zero.` } : {});

const config = z.object({
  unit: z
    .enum(['session', 'minutes'])
    .default('session')
    .meta({
      title: 'What one credit is',
      description: 'Changes what is taken from now on; nothing that was posted already.',
      options: {
        session: 'One session, whatever its length',
        minutes: 'One minute of a session',
      },
    }),
  overdraft: z
    .enum(['allow', 'refuse'])
    .default('refuse')
    .meta({
      title: 'When a family has too few credits',
      description: 'An import always goes below zero: it takes what was taught.',
      options: {
        refuse: 'Refuse the booking and name the shortfall',
        allow: 'Book it, go below zero and flag it',
      },
    }),
});

export const plugin = definePlugin({
  kind: 'billing',
  id: 'billing-credits',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Credits',
  description:
    'Families buy packages of credits ahead. Booking a session takes credits out of what is available, cancelling in time gives them back, and the close-out uses them up. Sessions are not invoiced; the packages are.',
  config,
  configVersion: 1,
  capabilities: { pays: 'credits', importName: 'credits' },
  hosts: [],
  create: ({ unit, overdraft }): BillingMode => {
    /** What this place costs in full, in hundredths of a credit. */
    const fullPrice = (place: PlaceSnapshot) => (unit === 'session' ? 100n : BigInt(place.plannedMinutes) * 100n);
    const leftOut = 'billed_by_credits';

    return {
      assess(place) {
        if (!place.billable || place.state === 'released') return { targets: {}, leftOut };
        const price = fullPrice(place);
        if (place.state === 'settled') {
          const use = percentOf(price, place.chargePercent ?? '100');
          return {
            targets: { use },
            leftOut,
            ...belowZero(use - place.creditsAvailable),
          };
        }
        const shortfall = price - place.creditsAvailable;
        const targets = { hold: price };
        if (shortfall > 0n && overdraft === 'refuse' && place.mayRefuse) {
          const message = `Needs ${formatCredits(price)} credits and ${formatCredits(place.creditsAvailable)} are available: ${formatCredits(shortfall)} too few.`;
          return {
            targets,
            leftOut,
            refuse: { code: 'insufficient_credits', message, shortfall },
          };
        }
        return { targets, leftOut, ...belowZero(shortfall) };
      },

      explain(place) {
        if (!place.billable) return 'This session is not billable, so it takes no credits.';
        if (place.state === 'released') return 'Cancelled in time or not charged: no credits are taken.';
        const price = fullPrice(place);
        const basis = unit === 'session' ? 'one session' : `${place.plannedMinutes} planned minutes`;
        if (place.state === 'booked') {
          return `${formatCredits(price)} credits are booked for ${basis}. They are used when the session is closed out, and come back if it is cancelled in time.`;
        }
        const percent = place.chargePercent ?? '100';
        return `${formatCredits(percentOf(price, percent))} credits used: ${percent}% of ${formatCredits(price)} for ${basis}.`;
      },
    };
  },
});
