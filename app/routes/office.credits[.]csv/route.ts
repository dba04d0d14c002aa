import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { csvMoney, toCsv } from '#app/domain/billing/csv.ts';
import { listCredits } from '#app/domain/billing/list-credits.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

const columns = ['client', 'name', 'granted', 'used', 'booked', 'expired', 'available'];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, plugins } = args.context;
  const credits = (amount: bigint) => csvMoney(amount, 2);
  const rows = (await listCredits(db, plugins, { everybody: true })).map((one) => ({
    client: one.clientRef,
    name: one.clientName,
    granted: credits(one.granted),
    used: credits(one.used),
    booked: credits(one.booked),
    expired: credits(one.expired),
    available: credits(one.available),
  }));
  return fileResponse(toCsv(columns, rows, { spreadsheet: true }), { name: 'credits.csv', type: 'text/csv; charset=utf-8' });
}
