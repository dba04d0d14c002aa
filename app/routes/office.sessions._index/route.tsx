import { Anchor, Button, Checkbox, Group, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData, useSearchParams } from '@remix-run/react';
import { IconPlus } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listStudentChoices, listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { countSessions, listSessions, type SessionFilter } from '#app/domain/scheduling/queries.server.ts';
import { addDays, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { STATUS_CHOICES } from '#app/ui/session-status.ts';
import { type SessionView, viewSession } from '#app/ui/session-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import styles from './filter-form.module.css';
import { FilterForm } from './filter-form.tsx';
import { SelectionForm } from './selection-form.tsx';
import { isNarrowed, PAGE_SIZE, pageLink, readFilter, type SessionListFilter } from './session-filter.ts';

const HELP = {
  text: 'Every session, past and to come. Mark several to move, change or cancel them together; you see what it costs and who is told before it is done.',
  about: 'office/planning',
} as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.list');
  const { organisation, reader } = await readerFor(user, context);
  const today = localDateOf(reader.now, organisation.timezone);
  const filter = readFilter(new URL(request.url).searchParams, today);
  const search = searchOf(filter, organisation.timezone, reader.now);
  const { db } = context;
  const [rows, total, tutors, students, ever] = await Promise.all([
    listSessions(db, { ...search, limit: PAGE_SIZE, offset: (filter.page - 1) * PAGE_SIZE }),
    countSessions(db, search),
    listTutorChoices(db, filter.tutor || null),
    listStudentChoices(db, filter.student || null),
    listSessions(db, { limit: 1 }),
  ]);
  return {
    filter,
    total,
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    narrowed: isNarrowed(filter, today),
    none: ever.length === 0,
    tutors,
    students,
    statuses: [...STATUS_CHOICES, { value: 'to_close_out', label: 'To close out' }],
    sessions: rows.map((row) => ({
      ...viewSession(row, { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true }),
      selectable: row.status === 'scheduled' && row.endsAt > reader.now,
    })),
  };
}

function searchOf(filter: SessionListFilter, zone: string, now: Date): SessionFilter {
  const toCloseOut = filter.status === 'to_close_out';
  return {
    from: filter.from ? startOfDay(filter.from, zone) : undefined,
    to: filter.to ? startOfDay(addDays(filter.to, 1), zone) : undefined,
    tutorId: filter.tutor || undefined,
    studentIds: filter.student ? [filter.student] : undefined,
    statuses: toCloseOut ? ['scheduled'] : filter.status ? [filter.status] : undefined,
    endsBefore: toCloseOut ? now : undefined,
    text: filter.q || undefined,
    // From a day on, the next comes first; without a beginning, the latest does.
    order: filter.from ? 'asc' : 'desc',
  };
}

export const meta: MetaFunction = () => [{ title: 'Sessions · Lectern' }];

const columns: Column<SessionView & { selectable: boolean }>[] = [
  {
    key: 'choose',
    header: 'Choose',
    cell: (session) =>
      session.selectable ? (
        <Checkbox size="xs" name="session" value={session.id} aria-label={`Choose ${session.title}, ${session.when.long}`} />
      ) : null,
  },
  {
    key: 'when',
    header: 'When',
    cell: (session) => (
      <span className={`tabular ${styles.when}`}>
        {session.when.day}, {session.when.time}
        {session.when.atOffice ? (
          <Text span size="xs" c="dimmed">
            {' '}
            ({session.when.atOffice})
          </Text>
        ) : null}
      </span>
    ),
  },
  {
    key: 'session',
    header: 'Session',
    primary: true,
    cell: (session) => (
      <Anchor component={Link} to={session.href} prefetch="intent" size="sm">
        {session.title}
      </Anchor>
    ),
  },
  { key: 'students', header: 'Students', cell: (session) => session.students.map((student) => student.name).join(', ') },
  { key: 'tutor', header: 'Tutor', cell: (session) => session.tutorName },
  { key: 'where', header: 'Where', cell: (session) => session.place, wideOnly: true },
  { key: 'length', header: 'Length', cell: (session) => <span className="tabular">{session.duration}</span>, wideOnly: true },
  { key: 'status', header: 'Status', cell: (session) => <SessionMark status={session.status} /> },
];

export default function Sessions() {
  const page = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Sessions"
        actions={
          <Button component={Link} to="/office/sessions/new" leftSection={<IconPlus size={18} aria-hidden />}>
            Book a session
          </Button>
        }
      />
      {page.none ? (
        <EmptyState
          title="No session is planned yet"
          text="Sessions are what everything else follows from: who teaches whom, when and where; then close-outs, invoices and pay."
          action={{ to: '/office/sessions/new', label: 'Book the first session' }}
        />
      ) : (
        <>
          <FilterForm
            filter={page.filter}
            tutors={page.tutors}
            students={page.students}
            statuses={page.statuses}
            narrowed={page.narrowed}
          />
          {page.sessions.length === 0 ? (
            <EmptyState
              title="Nothing fits these filters"
              text={page.narrowed ? 'Try other dates or fewer words.' : 'Nothing is planned from today on.'}
              action={
                page.narrowed
                  ? { to: '/office/sessions', label: 'From today on' }
                  : { to: '/office/sessions/new', label: 'Book a session' }
              }
            />
          ) : (
            <SelectionForm
              key={params.toString()}
              selectable={page.sessions.filter((session) => session.selectable).length}
              total={page.total === 1 ? '1 session' : `${page.total} sessions`}
            >
              <DataTable caption="Sessions" columns={columns} rows={page.sessions} rowKey={(session) => session.id} />
            </SelectionForm>
          )}
          {page.pages > 1 ? <Pages page={page.filter.page} pages={page.pages} params={params} /> : null}
        </>
      )}
    </>
  );
}

function Pages({ page, pages, params }: { page: number; pages: number; params: URLSearchParams }) {
  return (
    <Group component="nav" justify="center" mt="md" gap="md" aria-label="Pages of the list">
      {page > 1 ? (
        <Button component={Link} to={pageLink(params, page - 1)} variant="default" size="xs" rel="prev">
          Earlier in the list
        </Button>
      ) : null}
      <Text size="sm" className="tabular">
        Page {page} of {pages}
      </Text>
      {page < pages ? (
        <Button component={Link} to={pageLink(params, page + 1)} variant="default" size="xs" rel="next">
          Further in the list
        </Button>
      ) : null}
    </Group>
  );
}
