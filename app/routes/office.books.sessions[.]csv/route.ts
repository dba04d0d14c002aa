import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { sessionsCsv } from '#app/domain/books/sessions-csv.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readPeriod } from '../money-pages/period.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const { period, shown } = readPeriod(new URL(args.request.url).searchParams, today);
  const body = period ? await sessionsCsv(db, period) : '';
  return fileResponse(body, { name: `sessions-${shown.from}-${shown.until}.csv`, type: 'text/csv; charset=utf-8' });
}
