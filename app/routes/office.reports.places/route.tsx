import { Anchor, NativeSelect } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { OUTCOMES, outcomeLabels } from '#app/domain/reports/attendance.ts';
import { listEndedPlaces } from '#app/domain/reports/attendance-queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { NewerOlder } from '../money-pages/newer-older.tsx';
import { readReport, reportChoices } from '../report-pages/load-report.server.ts';
import { reportQuery, scopeOf } from '../report-pages/report-filter.ts';
import { ReportFilterForm } from '../report-pages/report-filter-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Places and how they ended · Lectern' }];

const PAGE = 100;

export async function loader(args: LoaderFunctionArgs) {
  const read = await readReport(args);
  const { db, filter, period, errors } = read;
  const asked = new URL(args.request.url).searchParams.get('outcome');
  const outcome = OUTCOMES.find((one) => one === asked);
  const [choices, places] = await Promise.all([
    reportChoices(read),
    period
      ? listEndedPlaces(db, { ...scopeOf(filter, period), outcome }, { limit: PAGE + 1, offset: (filter.page - 1) * PAGE })
      : [],
  ]);
  return { filter, errors, choices, outcome: outcome ?? '', places: places.slice(0, PAGE), more: places.length > PAGE };
}

const path = '/office/reports/places';

export default function Places() {
  const { filter, errors, choices, outcome, places, more } = useLoaderData<typeof loader>();
  const urlOf = (page: number) => `${path}?${reportQuery(filter, { page })}${outcome ? `&outcome=${outcome}` : ''}`;
  return (
    <>
      <PageHeader
        title="Places and how they ended"
        description="Behind the attendance: each student’s place, the latest first."
        back={{ to: `/office/reports/attendance?${reportQuery(filter, { page: 1 })}`, label: 'Attendance' }}
      />
      <ReportFilterForm path={path} filter={filter} errors={errors} choices={choices}>
        <NativeSelect
          name="outcome"
          label="Outcome"
          size="xs"
          key={outcome}
          defaultValue={outcome}
          data={[{ value: '', label: 'Any outcome' }, ...OUTCOMES.map((one) => ({ value: one, label: outcomeLabels[one] }))]}
        />
      </ReportFilterForm>
      {places.length === 0 ? (
        <EmptyState
          title="No place fits these filters"
          text="Places of the days you choose are listed here once they ended."
          action={{ to: path, label: 'Show last month' }}
        />
      ) : (
        <DataTable
          caption="Places"
          rows={places}
          rowKey={(place) => place.attendanceId}
          columns={[
            {
              key: 'student',
              header: 'Student',
              primary: true,
              cell: (place) => (
                <Anchor component={Link} to={`/office/sessions/${place.sessionId}`} size="sm" fw={500}>
                  {place.studentName}
                </Anchor>
              ),
            },
            { key: 'date', header: 'Date', cell: (place) => <LocalDate value={place.localDate} /> },
            { key: 'subject', header: 'Subject', cell: (place) => place.subjectName },
            { key: 'tutor', header: 'Tutor', cell: (place) => place.tutorName },
            { key: 'outcome', header: 'Outcome', cell: (place) => outcomeLabels[place.outcome] },
          ]}
        />
      )}
      <NewerOlder of="places" page={filter.page} more={more} to={urlOf} />
    </>
  );
}
