import { type BillingMode, definePlugin, type PeriodLine, type PeriodSnapshot, z } from '#plugins/contract/index.ts';
import { divide, FINE, fineHours, fineMinutes, minorUnits, timeText } from './amounts.ts';

const amount = (title: string, description: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,4})?$/, 'Enter an amount, such as 120.00')
    .meta({ title, description });

const config = z.object({
  fee: amount('Fee of a month', 'In the company’s currency, before tax.'),
  included_hours: z
    .string()
    .trim()
    .regex(/^\d{1,4}(\.\d{1,2})?$/, 'Enter hours, such as 4 or 7.5')
    .default('0')
    .meta({ title: 'Hours included', description: 'Of lessons in a month, all children together. They don’t carry over.' }),
  overage_per_hour: amount('For each hour beyond', 'By the minute.').default('0'),
  first_month: z
    .enum(['days', 'whole'])
    .default('days')
    .meta({
      title: 'A month that begins or ends in between',
      description: 'Where a family starts or leaves in the middle of a month.',
      options: { days: 'Fee and hours by its days', whole: 'The whole fee, all the hours' },
    }),
  tax_percent: z
    .string()
    .trim()
    .regex(/^(\d{1,2}(\.\d{1,4})?|100)$/, 'Enter a percentage from 0 to 100')
    .default('0')
    .meta({ title: 'Tax, per cent', description: 'Added to the fee and to what goes beyond.' }),
});

export const plugin = definePlugin({
  kind: 'billing',
  id: 'billing-subscription',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Subscription',
  description:
    'Families pay a fee each month with a number of hours included. What is taught beyond them is charged by the hour, on the same invoice where it is known in time, else on the next.',
  config,
  configVersion: 1,
  capabilities: { pays: 'period', importName: 'subscription' },
  hosts: [],
  create: (settings): BillingMode => {
    const { fee, included_hours: hours, overage_per_hour: rate, first_month: rule, tax_percent: taxPercent } = settings;

    return {
      assess: () => ({ targets: {}, leftOut: 'in_subscription' }),

      explain(place) {
        if (!place.billable) return 'This session is not billable, so it takes none of the hours included.';
        if (place.state === 'released') return 'Cancelled in time or not charged: it takes none of the hours included.';
        if (place.state === 'booked') return `Part of the subscription: ${hours} hours a month are included.`;
        const counted = timeText(fineMinutes(place.minutes ?? place.plannedMinutes, place.chargePercent ?? '100'));
        return `Part of the subscription: ${counted} of the month’s ${hours} hours included.`;
      },

      periodic(period) {
        return [feeOf(period), overageOf(period)].filter((line) => line.net > 0n);
      },
    };

    /** The part of the month that counts, as days over days. Lessons planned before a family left have none included. */
    function partOf({ days, activeDays }: PeriodSnapshot): [bigint, bigint] {
      if (activeDays <= 0) return [0n, 1n];
      return rule === 'whole' ? [1n, 1n] : [BigInt(Math.min(days, activeDays)), BigInt(days)];
    }

    function feeOf(period: PeriodSnapshot): PeriodLine {
      const [part, of] = partOf(period);
      const net = divide(minorUnits(fee, period.currencyDigits) * part, of);
      const days = part === of ? '' : ` by ${part} of its ${of} days`;
      return {
        key: 'fee',
        description: `Subscription, ${period.from.slice(0, 7)}`,
        net,
        taxPercent,
        explanation: `The fee of the month${days}, with ${hours} hours included.`,
      };
    }

    function overageOf(period: PeriodSnapshot): PeriodLine {
      const [part, of] = partOf(period);
      const included = (fineHours(hours) * part) / of;
      const taught = period.places.reduce((sum, place) => sum + fineMinutes(place.minutes, place.chargePercent), 0n);
      const beyond = taught > included ? taught - included : 0n;
      return {
        key: 'overage',
        description: `Lessons beyond the hours included, ${period.from.slice(0, 7)}`,
        net: divide(minorUnits(rate, period.currencyDigits) * beyond, 60n * FINE),
        minutes: Number(divide(beyond, FINE)),
        taxPercent,
        explanation: `${timeText(taught)} taught, ${timeText(included)} included: ${timeText(beyond)} beyond, at ${rate} an hour.`,
      };
    }
  },
});
