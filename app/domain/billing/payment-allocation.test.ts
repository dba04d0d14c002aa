import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './payment-allocation.server.ts';

const amounts = (min: bigint) => fc.array(fc.bigInt({ min, max: 100_000n }), { maxLength: 12 });
const sum = (all: readonly bigint[]) => all.reduce((total, one) => total + one, 0n);

describe('payments and invoices', () => {
  it('what is paid is applied as far as anything is owed, never beyond a payment or an invoice', () => {
    fc.assert(
      fc.property(amounts(1n), amounts(-1000n), (paid, owed) => {
        const payments = paid.map((amount, index) => ({ id: `p${index}`, amount }));
        const invoices = owed.map((due, index) => ({ id: `i${index}`, owed: due }));
        const allocations = allocate(payments, invoices);
        const open = sum(owed.filter((due) => due > 0n));
        const received = sum(paid);
        expect(sum(allocations.map((one) => one.amount))).toBe(open < received ? open : received);
        for (const payment of payments) {
          expect(sum(allocations.filter((one) => one.paymentId === payment.id).map((one) => one.amount)) <= payment.amount).toBe(
            true,
          );
        }
        for (const invoice of invoices) {
          const applied = sum(allocations.filter((one) => one.invoiceId === invoice.id).map((one) => one.amount));
          expect(applied <= (invoice.owed > 0n ? invoice.owed : 0n)).toBe(true);
        }
      }),
    );
  });

  it('an invoice is open only when every older one is paid', () => {
    fc.assert(
      fc.property(amounts(1n), amounts(1n), (paid, owed) => {
        const invoices = owed.map((due, index) => ({ id: `i${index}`, owed: due }));
        const allocations = allocate(
          paid.map((amount, index) => ({ id: `p${index}`, amount })),
          invoices,
        );
        const open = invoices.map(
          (invoice) => invoice.owed - sum(allocations.filter((one) => one.invoiceId === invoice.id).map((one) => one.amount)),
        );
        const firstOpen = open.findIndex((rest) => rest > 0n);
        const laterPaid = firstOpen >= 0 && open.some((rest, index) => index > firstOpen && rest < (owed[index] ?? 0n));
        expect(laterPaid).toBe(false);
      }),
    );
  });
});
