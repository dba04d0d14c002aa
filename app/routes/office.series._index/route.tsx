import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { seriesInWords } from '#app/domain/scheduling/repeat.ts';
import { countSeries, listSeries, type SeriesFilter } from '#app/domain/series/queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { dayText, timeText } from '#app/ui/session-when.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'Rules behind sessions that recur. Change one session, this and those after it, or all: you see what moves, what clashes and what stays.',
  about: 'office/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Series · Lectern' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.list');
  const { reader } = await readerFor(user, context);
  const filter = readFilter(new URL(request.url).searchParams);
  const [{ rows, total, pages }, ever] = await Promise.all([listSeries(context.db, filter, reader.now), countSeries(context.db)]);
  return {
    filter,
    total,
    pages,
    none: ever === 0,
    rows: rows.map((row) => ({
      id: row.id,
      title: row.courseName ?? row.title,
      rule: seriesInWords(row, reader.locale),
      students: row.studentNames,
      tutor: row.tutorName,
      next: row.nextAt ? `${dayText(reader, row.nextAt)}, ${timeText(reader, row.nextAt)}` : '',
      left: row.left,
      open: row.untilOn === null && row.occurrences === null && row.endedAt === null,
      ended: row.endedAt !== null || (row.nextAt === null && (row.untilOn !== null || row.occurrences !== null)),
      toDecide: row.toDecide,
    })),
  };
}

function readFilter(params: URLSearchParams): SeriesFilter {
  const state = params.get('state');
  const page = Number(params.get('page'));
  return {
    state: state === 'ended' || state === 'all' ? state : 'running',
    toDecide: params.get('decide') === '1',
    q: params.get('q')?.slice(0, 200) ?? '',
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

function urlOf(filter: SeriesFilter): string {
  const params = new URLSearchParams();
  if (filter.state !== 'running') params.set('state', filter.state);
  if (filter.toDecide) params.set('decide', '1');
  if (filter.q) params.set('q', filter.q);
  if (filter.page > 1) params.set('page', String(filter.page));
  const query = params.toString();
  return query ? `/office/series?${query}` : '/office/series';
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number];

const columns: Column<Row>[] = [
  {
    key: 'series',
    header: 'Series',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`/office/series/${row.id}`} size="sm" fw={500}>
        {row.title}
      </Anchor>
    ),
  },
  { key: 'students', header: 'Students', cell: (row) => row.students.join(', ') || 'Nobody yet' },
  { key: 'tutor', header: 'Tutor', cell: (row) => row.tutor },
  { key: 'rule', header: 'When', cell: (row) => row.rule },
  { key: 'next', header: 'Next', cell: (row) => <span className="tabular">{row.next || '–'}</span> },
  { key: 'left', header: 'Planned', align: 'right', cell: (row) => row.left, wideOnly: true },
  {
    key: 'state',
    header: 'State',
    cell: (row) =>
      row.toDecide > 0 ? (
        <StatusBadge tone="attention" label={row.toDecide === 1 ? '1 day left out' : `${row.toDecide} days left out`} />
      ) : row.ended ? (
        <StatusBadge tone="quiet" label="Ended" />
      ) : (
        <StatusBadge label={row.open ? 'Goes on' : 'Until its end'} />
      ),
  },
];

export default function SeriesList() {
  const { filter, rows, none, total, pages } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Series"
        actions={
          <Button component={Link} to="/office/sessions/new?repeat=weekly" leftSection={<IconPlus size={18} aria-hidden />}>
            Book a series
          </Button>
        }
      />
      {none ? (
        <EmptyState
          title="No series yet"
          text="Lessons that repeat, such as every Tuesday at four, are planned once as a series and changed together or one by one."
          action={{ to: '/office/sessions/new?repeat=weekly', label: 'Book the first series' }}
        />
      ) : (
        <>
          <Group justify="space-between" gap="sm" mb="sm" align="flex-end">
            <Form method="get" action="/office/series" role="search">
              <Group gap="xs" wrap="nowrap" align="flex-end">
                {filter.state === 'running' ? null : <input type="hidden" name="state" value={filter.state} />}
                <TextInput
                  key={filter.q}
                  type="search"
                  name="q"
                  defaultValue={filter.q}
                  aria-label="Search series by student, tutor or subject"
                  placeholder="Student, tutor or subject"
                  leftSection={<IconSearch size={16} aria-hidden />}
                  w={{ base: 200, sm: 300 }}
                />
                <Button type="submit" variant="default">
                  Search
                </Button>
              </Group>
            </Form>
            <Group gap="md" component="nav" aria-label="Which series">
              <Which filter={filter} to={{ state: 'running', toDecide: false }} label="Running" />
              <Which filter={filter} to={{ state: 'running', toDecide: true }} label="Days left out" />
              <Which filter={filter} to={{ state: 'ended', toDecide: false }} label="Ended" />
            </Group>
          </Group>
          {rows.length === 0 ? (
            <Text c="dimmed" py="md">
              {filter.toDecide
                ? 'No series has a day that was left out and that nobody has looked at.'
                : filter.q
                  ? `No series matches “${filter.q}”.`
                  : filter.state === 'ended'
                    ? 'No series has ended.'
                    : 'No series is running.'}
            </Text>
          ) : (
            <DataTable caption="Series" columns={columns} rows={rows} rowKey={(row) => row.id} />
          )}
          {pages > 1 ? (
            <Group justify="space-between" mt="sm" component="nav" aria-label="Pages of series">
              <Text size="sm" c="dimmed">
                Page {filter.page} of {pages}, {total} series
              </Text>
              <Group gap="md">
                {filter.page > 1 ? (
                  <Anchor component={Link} to={urlOf({ ...filter, page: filter.page - 1 })} size="sm" rel="prev">
                    Previous
                  </Anchor>
                ) : null}
                {filter.page < pages ? (
                  <Anchor component={Link} to={urlOf({ ...filter, page: filter.page + 1 })} size="sm" rel="next">
                    Next
                  </Anchor>
                ) : null}
              </Group>
            </Group>
          ) : null}
        </>
      )}
    </>
  );
}

function Which({ filter, to, label }: { filter: SeriesFilter; to: Pick<SeriesFilter, 'state' | 'toDecide'>; label: string }) {
  const current = filter.state === to.state && filter.toDecide === to.toDecide;
  return (
    <Anchor
      component={Link}
      to={urlOf({ ...filter, ...to, page: 1 })}
      size="sm"
      fw={current ? 600 : 400}
      aria-current={current ? 'page' : undefined}
      underline={current ? 'never' : 'always'}
      c={current ? 'var(--mantine-color-text)' : undefined}
    >
      {label}
    </Anchor>
  );
}
