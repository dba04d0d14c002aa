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
import { linkTo, readAddress, VIEWS } from '../calendar-pages/address.ts';
import { Calendar } from '../calendar-pages/calendar.tsx';
import { CalendarToolbar } from '../calendar-pages/calendar-toolbar.tsx';
import { loadCalendar } from '../calendar-pages/load-calendar.server.ts';
import { ChildSwitcher } from '../progress-pages/child-switcher.tsx';
import { familyPupils } from '../progress-pages/family-pupils.server.ts';

const HELP = {
  text: 'All lessons, to come and past. Open one to join it, ask something, or cancel: what that costs is said before.',
  about: 'family/lessons',
} as const;

const PAGE_SIZE = 20;

/** The list is what comes and what was, without end; the other views are a calendar. */
const USUAL = 'list';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { organisation, family, reader, options, pupils, pupil, shown } = await familyPupils({ request, context }, { all: true });
  const whose = { pupils, chosen: pupil?.id ?? null };
  const params = new URL(request.url).searchParams;
  const address = readAddress(params, { today: localDateOf(reader.now, reader.zone), usual: USUAL, filters: ['student'] });
  const calendar = await loadCalendar(context, {
    reader,
    organisation,
    address,
    as: 'family',
    filter: address.view === USUAL ? undefined : shown,
    view: options,
    children: family.studentIds,
  });
  if (address.view !== USUAL) return { calendar, whose, list: null };
  const asked = Number(params.get('page') ?? '1');
  const page = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
  const { db } = context;
  const past = { ...shown, endsBefore: reader.now };
  const [next, before, total] = await Promise.all([
    page === 1 ? listSessions(db, { ...shown, endsAfter: reader.now, limit: 100 }) : [],
    listSessions(db, { ...past, order: 'desc', limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    countSessions(db, past),
  ]);
  return {
    calendar,
    whose,
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
  const { calendar, list, whose } = useLoaderData<typeof loader>();
  const of = whose.chosen === null ? '' : `?student=${whose.chosen}`;
  const elsewhere = { list: `/family/sessions${of}` };
  const toChild = (id: string | null) =>
    list === null
      ? linkTo(calendar.address, { filters: { student: id ?? '' } })
      : `/family/sessions${id === null ? '' : `?student=${id}`}`;
  return (
    <>
      <PageHeader help={HELP} title="Sessions" />
      <CalendarToolbar page={calendar} views={VIEWS} elsewhere={elsewhere} viewsOnly={list !== null} />
      <ChildSwitcher pupils={whose.pupils} chosen={whose.chosen} to={toChild} all />
      {list === null ? (
        <Calendar
          page={calendar}
          empty={
            <EmptyState
              title="Nothing is planned here"
              text="Lessons stand here by their time, with who teaches them."
              action={{ to: elsewhere.list, label: 'What comes next' }}
            />
          }
        />
      ) : (
        <FamilyList {...list} of={of} />
      )}
    </>
  );
}

type FamilyListProps = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['list']>;

function FamilyList({ next, past, page, pages, of }: FamilyListProps & { of: string }) {
  const to = (number: number) => `${of || '?'}${of ? '&' : ''}page=${number}`;
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
                <Button component={Link} to={page === 2 ? of || '.' : to(page - 1)} variant="default">
                  Newer
                </Button>
              ) : null}
              <Text size="sm" className="tabular">
                Page {page} of {pages}
              </Text>
              {page < pages ? (
                <Button component={Link} to={to(page + 1)} variant="default">
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
