import type { LoaderFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { listReportChoices } from '#app/domain/reports/choice-queries.server.ts';
import { reportPresets } from '#app/domain/reports/report-period.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { readReportFilter } from './report-filter.ts';

/** Who may read reports, what the address asks for, and today in the company's zone. */
export async function readReport(args: LoaderFunctionArgs) {
  await authorize(args, 'reports.read');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const today = localDateOf(clock(), timezone);
  return { db, today, currency, timezone, ...readReportFilter(new URL(args.request.url).searchParams, today) };
}

/** What the filter's form offers. */
export async function reportChoices({
  db,
  today,
  filter,
}: Pick<Awaited<ReturnType<typeof readReport>>, 'db' | 'today' | 'filter'>) {
  const chosen = filter.tutor === 'none' ? null : filter.tutor || null;
  const [tutors, rest] = await Promise.all([listTutorChoices(db, chosen), listReportChoices(db)]);
  return { presets: reportPresets(today), tutors, ...rest };
}
