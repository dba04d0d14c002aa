import { Anchor, Button, Group, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listCourses } from '#app/domain/groups/course-queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { formatMoney } from '#app/ui/format.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { dayText } from '#app/ui/session-when.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'Groups with dates of their own that are sold as a whole. Families find those you publish on your booking page.',
  about: 'office/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Courses · Lectern' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.list');
  const { organisation, reader } = await readerFor(user, context);
  const archived = new URL(request.url).searchParams.has('archived');
  const courses = await listCourses(context.db, reader.now, { archived });
  return {
    archived,
    rows: courses.map((course) => ({
      id: course.id,
      name: course.name,
      tutor: course.tutorName,
      subject: `${course.subjectName}, ${course.programName}`,
      when:
        course.nextStartsAt !== null
          ? `next ${dayText(reader, course.nextStartsAt)}`
          : course.lastStartsAt
            ? `over since ${dayText(reader, course.lastStartsAt)}`
            : '–',
      left: `${course.left} of ${course.sessions}`,
      enrolled: course.enrolled,
      capacity: course.capacity,
      waiting: course.waiting,
      price: course.price === null ? 'By session' : formatMoney(course.price, organisation.currency, reader.locale),
    })),
  };
}

type Row = Awaited<ReturnType<typeof loader>>['rows'][number];

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Course',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`/office/courses/${row.id}`} size="sm" fw={500} prefetch="intent">
        {row.name}
      </Anchor>
    ),
  },
  { key: 'subject', header: 'Subject', cell: (row) => row.subject, wideOnly: true },
  { key: 'tutor', header: 'Tutor', cell: (row) => row.tutor },
  { key: 'when', header: 'When', cell: (row) => row.when },
  { key: 'left', header: 'Sessions left', align: 'right', cell: (row) => row.left },
  {
    key: 'places',
    header: 'Places taken',
    align: 'right',
    cell: (row) => (
      <Group gap={6} justify="flex-end" component="span" wrap="nowrap">
        {`${row.enrolled} of ${row.capacity}`}
        {row.enrolled >= row.capacity ? <StatusBadge label="Full" tone="attention" /> : null}
      </Group>
    ),
  },
  { key: 'waiting', header: 'Waiting', align: 'right', cell: (row) => row.waiting || '–' },
  { key: 'price', header: 'Price', align: 'right', cell: (row) => row.price },
];

export default function Courses() {
  const { rows, archived } = useLoaderData<typeof loader>();
  const add = { to: '/office/courses/new', label: 'Add a course' };
  return (
    <>
      <PageHeader
        help={HELP}
        title={archived ? 'Archived courses' : 'Courses'}
        {...(archived ? { back: { to: '/office/courses', label: 'Courses' } } : {})}
        description="Dated groups that families enrol in as a whole."
        actions={
          archived ? undefined : (
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          )
        }
      />
      {rows.length === 0 ? (
        <EmptyState
          title={archived ? 'Nothing is archived' : 'No courses yet'}
          text="A course is planned once, with its tutor, room and dates, and sold as a whole: who enrols has a place in every session still to come."
          action={archived ? undefined : add}
        />
      ) : (
        <DataTable caption="Courses" columns={columns} rows={rows} rowKey={(row) => row.id} />
      )}
      {archived ? null : (
        <Text size="sm" mt="md">
          <Anchor component={Link} to="?archived=1" size="sm">
            Archived courses
          </Anchor>
        </Text>
      )}
    </>
  );
}
