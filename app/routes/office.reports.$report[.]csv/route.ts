import type { LoaderFunctionArgs } from '@remix-run/node';
import { reportCsv } from '#app/domain/reports/report-csv.server.ts';
import { fileResponse } from '../money-pages/refusal.server.ts';
import { readReport } from '../report-pages/load-report.server.ts';
import { scopeOf } from '../report-pages/report-filter.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { db, filter, period, currency } = await readReport(args);
  const id = args.params.report ?? '';
  const { by, compare } = filter;
  const csv = period ? await reportCsv(db, { id, scope: scopeOf(filter, period), by, compare, currency }) : undefined;
  if (csv === undefined) throw new Response('Not found', { status: 404 });
  return fileResponse(csv, { name: `${id}-${filter.from}-${filter.until}.csv`, type: 'text/csv; charset=utf-8' });
}
