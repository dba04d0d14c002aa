import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { csvMoney, toCsv } from '#app/domain/billing/csv.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { listOpenBalances } from '#app/domain/billing/payment-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { fits, readBalanceFilter } from '../balance-pages/balance-filter.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const today = localDateOf(clock(), timezone);
  const filter = readBalanceFilter(new URL(args.request.url).searchParams);
  const digits = currencyDigits(currency);
  const rows = (await listOpenBalances(db))
    .filter((one) => fits(one, filter, today))
    .map((one) => ({
      family: one.clientName,
      owed: csvMoney(one.owed, digits),
      open_since_due_on: one.oldestDueOn ?? '',
      paid_ahead: csvMoney(one.unapplied, digits),
      not_invoiced_yet: csvMoney(one.unbilled, digits),
      currency,
    }));
  const columns = ['family', 'owed', 'open_since_due_on', 'paid_ahead', 'not_invoiced_yet', 'currency'];
  return fileResponse(toCsv(columns, rows, { spreadsheet: true }), {
    name: `balances-${today}.csv`,
    type: 'text/csv; charset=utf-8',
  });
}
