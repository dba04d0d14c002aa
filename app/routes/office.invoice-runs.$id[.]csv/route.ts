import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { runLinesCsv } from '#app/domain/billing/run-lines-csv.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';

/** Every line of every invoice of the run. */
export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { name, csv } = await found(runLinesCsv(args.context.db, recordIdOf(args.params)));
  return fileResponse(csv, { name, type: 'text/csv; charset=utf-8' });
}
