import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { reportOf } from '#app/domain/reports/catalogue.ts';
import { isMetric, isNothing } from '#app/domain/reports/teaching.ts';
import { teachingReport } from '#app/domain/reports/teaching-report.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { groupChoices } from '../report-pages/groups.ts';
import { readReport, reportChoices } from '../report-pages/load-report.server.ts';
import { reportQuery, scopeOf } from '../report-pages/report-filter.ts';
import { ReportFilterForm } from '../report-pages/report-filter-form.tsx';
import { ReportFrame } from '../report-pages/report-frame.tsx';
import { TeachingChart } from './teaching-chart.tsx';
import { TeachingFigures } from './teaching-figures.tsx';
import { TeachingTable } from './teaching-table.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? reportOf(data.metric).title : 'Report'} · Lectern` },
];

/** Hours, revenue, pay and margin: one report, looked at from four sides. */
export async function loader(args: LoaderFunctionArgs) {
  const read = await readReport(args);
  const metric = args.params.report;
  if (!isMetric(metric)) throw new Response('Not found', { status: 404 });
  const { db, filter, period, errors } = read;
  const { by, compare } = filter;
  const [choices, report] = await Promise.all([
    reportChoices(read),
    period ? teachingReport(db, scopeOf(filter, period), { by, compare, metric }) : null,
  ]);
  return { metric, filter, errors, choices, report };
}

export default function TeachingReport() {
  const { metric, filter, errors, choices, report } = useLoaderData<typeof loader>();
  const path = `/office/reports/${metric}`;
  return (
    <ReportFrame id={metric} query={reportQuery(filter)}>
      <ReportFilterForm path={path} filter={filter} errors={errors} choices={choices} groups={groupChoices} compares />
      {report === null ? null : report.rows.every(({ now, before }) => isNothing(now) && (!before || isNothing(before))) ? (
        <EmptyState
          title="Nothing in these days"
          text="Reports follow from settled sessions: closed out, and approved where the company asks for it."
          action={{ to: '/office/closeouts', label: 'Show the close-outs' }}
        />
      ) : (
        <>
          <TeachingFigures report={report} filter={filter} />
          <TeachingChart report={report} metric={metric} />
          <TeachingTable report={report} metric={metric} filter={filter} />
        </>
      )}
    </ReportFrame>
  );
}
