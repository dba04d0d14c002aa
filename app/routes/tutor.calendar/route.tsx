import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { addDays, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { viewSession } from '#app/ui/session-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { askedDay, weekOf } from './week.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'tutor.enter');
  const { organisation, reader } = await readerFor(user, context);
  const today = localDateOf(reader.now, reader.zone);
  const days = weekOf(askedDay(new URL(request.url).searchParams.get('week'), today), reader.locale);
  const [first = today] = days;
  const rows = user.tutorId
    ? await listSessions(context.db, {
        tutorId: user.tutorId,
        from: startOfDay(first, reader.zone),
        to: startOfDay(addDays(first, 7), reader.zone),
      })
    : [];
  const views = rows.map((row) =>
    viewSession(row, { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' }),
  );
  const name = (date: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(reader.locale, { ...options, timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
  return {
    title: `${name(first, { day: 'numeric', month: 'long' })} – ${name(addDays(first, 6), { day: 'numeric', month: 'long', year: 'numeric' })}`,
    before: addDays(first, -7),
    after: addDays(first, 7),
    isThisWeek: days.includes(today),
    days: days.map((date) => ({
      date,
      name: name(date, { weekday: 'long', day: 'numeric', month: 'short' }),
      isToday: date === today,
      sessions: views.filter((view) => view.when.date === date),
    })),
  };
}

export const meta: MetaFunction = () => [{ title: 'Calendar · Lectern' }];

export default function TutorCalendar() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Calendar"
        description={page.title}
        actions={
          <Group component="nav" gap="xs" aria-label="Weeks">
            <Button component={Link} to={`?week=${page.before}`} variant="default" aria-label="The week before" px="xs">
              <IconChevronLeft size={18} aria-hidden />
            </Button>
            {page.isThisWeek ? null : (
              <Button component={Link} to="/tutor/calendar" variant="default">
                This week
              </Button>
            )}
            <Button component={Link} to={`?week=${page.after}`} variant="default" aria-label="The week after" px="xs">
              <IconChevronRight size={18} aria-hidden />
            </Button>
          </Group>
        }
      />
      <Stack gap="lg">
        {page.days.map((day) => (
          <section key={day.date} aria-labelledby={`day-${day.date}`}>
            <Title order={2} id={`day-${day.date}`} size="h3" mb={6} c={day.sessions.length === 0 ? 'dimmed' : undefined}>
              {day.name}
              {day.isToday ? ' (today)' : ''}
            </Title>
            {day.sessions.length === 0 ? (
              <Text size="sm" c="dimmed">
                Nothing planned
              </Text>
            ) : (
              <SessionCards>
                {day.sessions.map((session) => (
                  <li key={session.id}>
                    <SessionCard session={session} as="tutor" />
                  </li>
                ))}
              </SessionCards>
            )}
          </section>
        ))}
      </Stack>
    </>
  );
}
