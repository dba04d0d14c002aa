import { Anchor } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { permille } from '#app/domain/reports/teaching.ts';
import { listUtilisation, type TutorUtilisation } from '#app/domain/reports/utilisation.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { Figures, Hours, hoursText, Percent } from '../report-pages/figures.tsx';
import { readReport, reportChoices } from '../report-pages/load-report.server.ts';
import { ReportChart } from '../report-pages/report-chart.tsx';
import { reportQuery } from '../report-pages/report-filter.ts';
import { ReportFilterForm } from '../report-pages/report-filter-form.tsx';
import { ReportFrame } from '../report-pages/report-frame.tsx';

export const meta: MetaFunction = () => [{ title: 'Utilisation · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const read = await readReport(args);
  const { db, timezone, filter, period, errors } = read;
  const tutorId = filter.tutor === 'none' ? null : filter.tutor || null;
  const [choices, tutors] = await Promise.all([
    reportChoices(read),
    period ? listUtilisation(db, { ...period, tutorId }, timezone) : [],
  ]);
  return { filter, errors, choices, tutors, valid: period !== undefined };
}

const path = '/office/reports/utilisation';
/** More bars than this are no picture any more; the table has all. */
const BARS = 20;

const sum = (tutors: readonly TutorUtilisation[], of: (tutor: TutorUtilisation) => number) =>
  tutors.reduce((total, tutor) => total + of(tutor), 0);
const rate = ({ open, booked }: { open: number | null; booked: number }) =>
  open === null ? undefined : permille(BigInt(booked), BigInt(open));

export default function Utilisation() {
  const { filter, errors, choices, tutors, valid } = useLoaderData<typeof loader>();
  const { locale } = useViewer();
  // Who set no hours is in no percentage.
  const offering = tutors.filter((tutor) => tutor.open !== null);
  const offered = sum(offering, (tutor) => tutor.open ?? 0);
  const total = rate({ open: offered, booked: sum(offering, (tutor) => tutor.booked) });
  const shown = [...offering].sort((a, b) => b.booked - a.booked).slice(0, BARS);
  return (
    <ReportFrame id="utilisation" query={reportQuery(filter)}>
      <ReportFilterForm path={path} filter={filter} errors={errors} choices={choices} narrows={['tutor']} />
      {!valid ? null : tutors.length === 0 ? (
        <EmptyState
          title="No tutor yet"
          text="Utilisation holds the sessions of your tutors against the hours they can teach."
          action={{ to: '/office/tutors/new', label: 'Add a tutor' }}
        />
      ) : (
        <>
          <Figures
            against={undefined}
            figures={[
              {
                label: 'Utilisation',
                value: <Percent value={total} />,
                note: `${offering.length} of ${tutors.length} tutors have hours set`,
              },
              { label: 'Hours offered', value: <Hours minutes={offered} /> },
              { label: 'Hours booked', value: <Hours minutes={sum(tutors, (tutor) => tutor.booked)} /> },
              { label: 'Hours taught', value: <Hours minutes={sum(tutors, (tutor) => tutor.taught)} /> },
            ]}
          />
          {shown.length === 0 ? null : (
            <ReportChart
              label="Hours offered and booked by tutor"
              data={shown.map((tutor) => ({ label: tutor.name, open: (tutor.open ?? 0) / 60, booked: tutor.booked / 60 }))}
              series={[
                { name: 'open', label: 'Offered', color: 'gray.5' },
                { name: 'booked', label: 'Booked', color: 'lectern.6' },
              ]}
              format={(value) => hoursText(value * 60, locale)}
            />
          )}
          <DataTable
            caption="Utilisation by tutor"
            rows={tutors}
            rowKey={(tutor) => tutor.tutorId}
            columns={[
              {
                key: 'tutor',
                header: 'Tutor',
                primary: true,
                cell: (tutor) => (
                  <Anchor
                    component={Link}
                    to={`/office/sessions?from=${filter.from}&to=${filter.until}&tutor=${tutor.tutorId}`}
                    size="sm"
                    fw={500}
                  >
                    {tutor.name}
                  </Anchor>
                ),
              },
              { key: 'sessions', header: 'Sessions', align: 'right', cell: (tutor) => tutor.sessions },
              {
                key: 'open',
                header: 'Offered',
                align: 'right',
                cell: (tutor) => (
                  <Anchor component={Link} to={`/office/tutors/${tutor.tutorId}/availability`} size="sm">
                    {tutor.open === null ? 'not set' : <Hours minutes={tutor.open} />}
                  </Anchor>
                ),
              },
              { key: 'booked', header: 'Booked', align: 'right', cell: (tutor) => <Hours minutes={tutor.booked} /> },
              { key: 'taught', header: 'Taught', align: 'right', cell: (tutor) => <Hours minutes={tutor.taught} /> },
              { key: 'rate', header: 'Utilisation', align: 'right', cell: (tutor) => <Percent value={rate(tutor)} /> },
            ]}
          />
        </>
      )}
    </ReportFrame>
  );
}
