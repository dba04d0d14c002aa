import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { REPORTS } from '#app/domain/reports/catalogue.ts';
import { teachingReport } from '#app/domain/reports/teaching-report.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { TeachingFigures } from '../office.reports.$report/teaching-figures.tsx';
import { readReport } from '../report-pages/load-report.server.ts';
import { scopeOf } from '../report-pages/report-filter.ts';

const HELP = {
  text: 'Hours, revenue, attendance and more over time, as charts with the table behind each, and as CSV.',
  about: 'office/day',
} as const;

export const meta: MetaFunction = () => [{ title: 'Reports · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { db, filter, period } = await readReport(args);
  const lastMonth = period
    ? await teachingReport(db, scopeOf(filter, period), { by: 'month', compare: 'before', metric: 'margin' })
    : null;
  return { filter, lastMonth };
}

export default function Reports() {
  const { filter, lastMonth } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Reports"
        description="Each says what exactly it counts, and every number opens the sessions or documents behind it."
      />
      {lastMonth ? (
        <section aria-labelledby="last-month">
          <Title order={2} id="last-month" mb="xs">
            Last month
          </Title>
          <TeachingFigures report={lastMonth} filter={filter} />
        </section>
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {REPORTS.map(({ id, title, question }) => (
          <Paper
            key={id}
            component={Link}
            to={`/office/reports/${id}`}
            prefetch="intent"
            withBorder
            p="md"
            radius="md"
            c="var(--mantine-color-text)"
            td="none"
          >
            <Text fw={600}>{title}</Text>
            <Text size="sm" c="dimmed">
              {question}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
    </>
  );
}
