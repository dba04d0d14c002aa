import { type BillingMode, definePlugin, z } from '#plugins/contract/index.ts';

export const plugin = definePlugin({
  kind: 'billing',
  id: 'billing-invoicing',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Invoicing',
  description:
    'Families pay after the lesson: a billable place that is closed out, and approved where approval is asked for, becomes a line on the invoice of the next invoice run. Nothing needs setting up.',
  config: z.object({}),
  configVersion: 1,
  capabilities: { pays: 'invoice', importName: 'invoicing' },
  hosts: [],
  create: (): BillingMode => ({
    assess(place) {
      if (!place.billable || place.state !== 'settled' || place.fee === null) return { targets: {} };
      return { targets: { invoice: place.fee } };
    },

    explain(place) {
      if (!place.billable) return 'This session is not billable, so it is on no invoice.';
      switch (place.state) {
        case 'released':
          return 'Cancelled in time or not charged: it is on no invoice.';
        case 'booked':
          return 'It becomes a line on the next invoice once the session is closed out and, where needed, approved.';
        case 'settled':
          if (place.fee === null) return 'No rate covers this session on its day. Add one, and it goes onto the next invoice.';
          if (place.fee === 0n) return 'It comes to nothing, so it is on no invoice.';
          return `${place.chargePercent ?? '100'}% of the price for ${place.minutes ?? place.plannedMinutes} minutes, as a line on the next invoice.`;
      }
    },
  }),
});
