import { Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { IconPlus } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { listStudentChoices, listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { listRoomChoices } from '#app/domain/scheduling/calendar-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readAddress, VIEWS } from '../calendar-pages/address.ts';
import { Calendar } from '../calendar-pages/calendar.tsx';
import { CalendarToolbar } from '../calendar-pages/calendar-toolbar.tsx';
import { loadCalendar } from '../calendar-pages/load-calendar.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { CalendarFilters } from './calendar-filters.tsx';

const HELP = {
  text: 'Everybody’s sessions by week or month. Filters stay in the address, so a view can be sent to a colleague; a session opens beside it.',
  about: 'office/planning',
} as const;

const FILTERS = ['tutor', 'student', 'program', 'room'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.list');
  const { organisation, reader } = await readerFor(user, context);
  const address = readAddress(new URL(request.url).searchParams, {
    today: localDateOf(reader.now, reader.zone),
    usual: 'week',
    filters: FILTERS,
  });
  const { tutor, student, program, room } = address.filters;
  const { db } = context;
  const [page, tutors, students, programs, rooms] = await Promise.all([
    loadCalendar(context, {
      reader,
      organisation,
      address,
      as: 'office',
      filter: {
        tutorId: tutor || undefined,
        studentIds: student ? [student] : undefined,
        programId: program || undefined,
        roomId: room || undefined,
      },
      away: tutor || 'everybody',
      view: { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true },
    }),
    listTutorChoices(db, tutor),
    listStudentChoices(db, student),
    listProgramChoices(db, program),
    listRoomChoices(db, room),
  ]);
  return { page, choices: { tutors, students, programs, rooms } };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.page.title ?? 'Calendar'} · Lectern` }];

export default function OfficeCalendar() {
  const { page, choices } = useLoaderData<typeof loader>();
  const { filters } = page.address;
  const narrowed = Object.values(filters).some(Boolean);
  const book = new URLSearchParams({
    ...(page.address.view === 'day' ? { start: page.address.date } : {}),
    ...Object.fromEntries(Object.entries(filters).filter(([name, id]) => id !== '' && name !== 'room')),
  });
  return (
    <>
      <PageHeader
        help={HELP}
        title="Calendar"
        actions={
          <Button
            component={Link}
            to={`/office/sessions/new${book.size > 0 ? `?${book}` : ''}`}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            Book a session
          </Button>
        }
      />
      <CalendarFilters address={page.address} choices={choices} />
      <CalendarToolbar page={page} views={VIEWS} />
      <Calendar
        page={page}
        empty={
          narrowed ? (
            <EmptyState
              title="Nothing fits these filters"
              text="Look at other days, or at everybody’s."
              action={{ to: '/office/calendar', label: 'Show all of this week' }}
            />
          ) : (
            <EmptyState
              title="Nothing is planned here"
              text="Every session stands here by its time: whom, with whom, and what came of it."
              action={{ to: '/office/sessions/new', label: 'Book a session' }}
            />
          )
        }
      />
    </>
  );
}
