import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { withoutHomes } from '#app/domain/scheduling/hidden-homes.server.ts';
import { countSessions, listSessions } from '#app/domain/scheduling/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { viewSession } from '#app/ui/session-view.ts';
import { readAddress, VIEWS } from '../calendar-pages/address.ts';
import { Calendar } from '../calendar-pages/calendar.tsx';
import { CalendarToolbar } from '../calendar-pages/calendar-toolbar.tsx';
import { loadCalendar } from '../calendar-pages/load-calendar.server.ts';
import { familyOf } from '../session-pages/family-sessions.server.ts';

const HELP = {
  text: 'All lessons, to come and past. Open one to join it, ask something, or cancel: what that costs is said before.',
  about: 'family/lessons',
} as const;

const PAGE_SIZE = 20;

/** The list is what comes and what was, without end; the other views are a calendar. */
const USUAL = 'list';
const ELSEWHERE = { list: '/family/sessions' };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { organisation, family, reader, options } = await familyOf({ request, context });
  const params = new URL(request.url).searchParams;
  const address = readAddress(params, { today: localDateOf(reader.now, reader.zone), usual: USUAL });
  const calendar = await loadCalendar(context, {
    reader,
    organisation,
    address,
    as: 'family',
    filter: address.view === USUAL ? undefined : family,
    view: options,
    children: family.studentIds,
  });
  if (address.view !== USUAL) return { calendar, list: null };
  const asked = Number(params.get('page') ?? '1');
  const page = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
  const { db } = context;
  const past = { ...family, endsBefore: reader.now };
  const [next, before, total] = await Promise.all([
    page === 1 ? listSessions(db, { ...family, endsAfter: reader.now, limit: 100 }) : [],
    listSessions(db, { ...past, order: 'desc', limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    countSessions(db, past),
  ]);
  return {
    calendar,
    list: {
      page,
      pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
      next: (await withoutHomes(db, family, next)).map((row) => viewSession(row, options)),
      past: (await withoutHomes(db, family, before)).map((row) => viewSession(row, options)),
    },
  };
}

export const meta: MetaFunction = () => [{ title: 'Sessions · Lectern' }];

export default function FamilySessions() {
  const { calendar, list } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader help={HELP} title="Sessions" />
      <CalendarToolbar page={calendar} views={VIEWS} elsewhere={ELSEWHERE} viewsOnly={list !== null} />
      {list === null ? (
        <Calendar
          page={calendar}
          empty={
            <EmptyState
              title="Nothing is planned here"
              text="Lessons stand here by their time, with who teaches them."
              action={{ to: ELSEWHERE.list, label: 'What comes next' }}
            />
          }
        />
      ) : (
        <FamilyList {...list} />
      )}
    </>
  );
}

type FamilyListProps = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['list']>;

function FamilyList({ next, past, page, pages }: FamilyListProps) {
  return (
    <>
      {next.length === 0 && past.length === 0 ? (
        <EmptyState title="No sessions yet" text="Everything that is planned, and what was done in each lesson, is kept here." />
      ) : (
        <Stack gap="xl">
          {next.length > 0 ? <List id="planned" title="Planned" sessions={next} /> : null}
          {past.length > 0 ? <List id="past" title="Past" sessions={past} /> : null}
          {pages > 1 ? (
            <Group component="nav" justify="center" aria-label="Pages of the list">
              {page > 1 ? (
                <Button component={Link} to={page === 2 ? '.' : `?page=${page - 1}`} variant="default">
                  Newer
                </Button>
              ) : null}
              <Text size="sm" className="tabular">
                Page {page} of {pages}
              </Text>
              {page < pages ? (
                <Button component={Link} to={`?page=${page + 1}`} variant="default">
                  Older
                </Button>
              ) : null}
            </Group>
          ) : null}
        </Stack>
      )}
    </>
  );
}

function List({ id, title, sessions }: { id: string; title: string; sessions: ReturnType<typeof viewSession>[] }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="sm">
        {title}
      </Title>
      <SessionCards>
        {sessions.map((session) => (
          <li key={session.id}>
            <SessionCard session={session} as="family" showDay />
          </li>
        ))}
      </SessionCards>
    </section>
  );
}
