import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readAddress, VIEWS } from '../calendar-pages/address.ts';
import { Calendar } from '../calendar-pages/calendar.tsx';
import { CalendarToolbar } from '../calendar-pages/calendar-toolbar.tsx';
import { loadCalendar } from '../calendar-pages/load-calendar.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'Your sessions by week or month. They can stand in your phone’s own calendar too, under Settings.',
  about: 'tutor/planning',
} as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'tutor.enter');
  const { organisation, reader } = await readerFor(user, context);
  const { tutorId } = user;
  return loadCalendar(context, {
    reader,
    organisation,
    address: readAddress(new URL(request.url).searchParams, { today: localDateOf(reader.now, reader.zone), usual: 'week' }),
    as: 'tutor',
    filter: tutorId === null ? undefined : { tutorId },
    ...(tutorId === null ? {} : { away: tutorId }),
    view: { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' },
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Calendar'} · Lectern` }];

export default function TutorCalendar() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader help={HELP} title="Calendar" />
      <CalendarToolbar page={page} views={VIEWS} />
      <Calendar
        page={page}
        empty={
          <EmptyState
            title="Nothing is planned here"
            text="What the office and you plan stands here by its time, with your time off and the days the company is closed."
          />
        }
      />
    </>
  );
}
