import type { LoaderFunctionArgs } from '@remix-run/node';
import { reportCsv } from '#app/domain/reports/report-csv.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';
import { readReport } from '../report-pages/load-report.server.ts';
import { readOutstanding } from '../report-pages/outstanding-filter.ts';
import { scopeOf } from '../report-pages/report-filter.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { db, today, filter, period, currency, timezone } = await readReport(args);
  const id = args.params.report ?? '';
  const { filter: asOf, error } = readOutstanding(new URL(args.request.url).searchParams, today);
  const wanted = { id, by: filter.by, compare: filter.compare, currency, zone: timezone, today, on: error ? today : asOf.on };
  const csv = period ? await reportCsv(db, { ...wanted, scope: scopeOf(filter, period) }) : undefined;
  if (csv === undefined) throw new Response('Not found', { status: 404 });
  // What is outstanding is so on a day, the rest in a span of them.
  const days = id === 'outstanding' ? wanted.on : id === 'credits' ? today : `${filter.from}-${filter.until}`;
  return fileResponse(csv, { name: `${id}-${days}.csv`, type: 'text/csv; charset=utf-8' });
}
