import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { countRunsWaiting } from '#app/domain/billing/invoice-run-queries.server.ts';
import { countBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { countClearances } from '#app/domain/clearances/queries.server.ts';
import { countCloseOuts } from '#app/domain/closeout/count-close-outs.server.ts';
import { listIdleEngagements } from '#app/domain/engagements/queries.server.ts';
import { listPlaceable } from '#app/domain/groups/waiting-queries.server.ts';
import { wayOut } from '#app/domain/meetings/provider-failure.ts';
import { listTroubles } from '#app/domain/meetings/provider-troubles.server.ts';
import { countMailTrouble } from '#app/domain/messages/mail-log-queries.server.ts';
import { findFirstSteps } from '#app/domain/organisation/first-steps.server.ts';
import { countOpenRequests } from '#app/domain/requests/queries.server.ts';
import { countSessions, listSessions } from '#app/domain/scheduling/queries.server.ts';
import { countToday, listLateSessions, listUnwellMeetings } from '#app/domain/scheduling/today.server.ts';
import { addDays, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { countDaysToDecide } from '#app/domain/series/queries.server.ts';
import { countDueTasks } from '#app/domain/tasks/queries.server.ts';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { viewSession } from '#app/ui/session-view.ts';
import { distanceText, stampText, timeText } from '#app/ui/session-when.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { FirstSteps } from './first-steps.tsx';
import { mailItems } from './mail-items.ts';
import { pipelineItems } from './pipeline-items.ts';
import { ProviderTrouble } from './provider-trouble.tsx';
import { runItems } from './run-items.ts';
import { stepsToFirstSession } from './steps-to-first-session.ts';
import { TodayHeader } from './today-header.tsx';
import { LateList, MeetingList } from './trouble-lists.tsx';
import { Waiting } from './waiting.tsx';
import { clearanceItems, placeableItem, waitingItems } from './waiting-items.ts';

const SHOWN = 6;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'office.enter');
  const { organisation, reader } = await readerFor(user, context);
  const { db } = context;
  const { now } = reader;
  const today = localDateOf(now, organisation.timezone);
  const open = ['scheduled', 'requested'];
  const soon = { from: now, to: startOfDay(addDays(today, 2), organisation.timezone), statuses: open };
  const [firstSteps, counts, live, next, nextTotal, late, rooms, requests, idle, leftOut, placeable, asked, tasks] =
    await Promise.all([
      findFirstSteps(db),
      countToday(db, now),
      listSessions(db, { to: now, endsAfter: now, statuses: open, limit: 20 }),
      listSessions(db, { ...soon, limit: SHOWN }),
      countSessions(db, soon),
      listLateSessions(db, now),
      listUnwellMeetings(db, now),
      countBookingRequests(db),
      listIdleEngagements(db, now),
      countDaysToDecide(db, now),
      listPlaceable(db, now),
      countOpenRequests(db, now),
      countDueTasks(db, today, user.id),
    ]);
  const clearances = await countClearances(db, today);
  const closeOuts = await countCloseOuts(db, now);
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true };
  return {
    date: new Intl.DateTimeFormat(reader.locale, { dateStyle: 'full', timeZone: organisation.timezone }).format(now),
    today,
    firstSteps: firstSteps
      ? stepsToFirstSession(firstSteps, { programs: can(user, 'program.write'), rates: can(user, 'rates.manage') })
      : null,
    waiting: [
      ...pipelineItems(asked, tasks),
      ...waitingItems(
        { ...counts, ...closeOuts, requests: requests.open, idle: idle.length, leftOut },
        rooms.length,
        can(user, 'money.read'),
      ),
      ...clearanceItems(clearances),
      ...(can(user, 'money.read') ? runItems(await countRunsWaiting(db)) : []),
      ...(can(user, 'mails.read') ? mailItems(await countMailTrouble(db, now)) : []),
      ...placeableItem(placeable),
    ],
    troubles: await listTroubles(context, now),
    live: live.map((row) => viewSession(row, options)),
    next: next.map((row) => viewSession(row, options)),
    nextTotal,
    late: late.map((row) => ({ ...row, startsAt: timeText(reader, row.startsAt), by: distanceText(row.startsAt, now) })),
    rooms: rooms.map(({ sessionId, startsAt, tutorName, title, state, error, errorCode, byItself }) => ({
      sessionId,
      when: stampText(reader, startsAt),
      tutorName,
      title,
      state,
      error,
      wayOut: state === 'failed' ? wayOut(errorCode, byItself) : null,
    })),
  };
}

export const meta: MetaFunction = () => [{ title: 'Today · Lectern' }];

export default function Today() {
  const data = useLoaderData<typeof loader>();
  if (data.firstSteps) {
    return (
      <Stack gap="xl">
        <TodayHeader date={data.date} mayBook={false} />
        <FirstSteps steps={data.firstSteps} />
      </Stack>
    );
  }
  return (
    <Stack gap="xl">
      <TodayHeader date={data.date} />
      <Waiting items={data.waiting} />
      <ProviderTrouble troubles={data.troubles} />
      {data.late.length > 0 ? <LateList late={data.late} /> : null}
      {data.rooms.length > 0 ? <MeetingList rooms={data.rooms} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <section aria-labelledby="now">
          <Title order={2} id="now" mb="sm">
            Now
          </Title>
          {data.live.length === 0 ? <Text c="dimmed">No session is under way.</Text> : null}
          <SessionCards>
            {data.live.map((session) => (
              <li key={session.id}>
                <SessionCard session={session} as="office" />
              </li>
            ))}
          </SessionCards>
        </section>
        <section aria-labelledby="next">
          <Title order={2} id="next" mb="sm">
            Next
          </Title>
          {data.next.length === 0 ? <Text c="dimmed">Nothing more is planned for today and tomorrow.</Text> : null}
          <SessionCards>
            {data.next.map((session) => (
              <li key={session.id}>
                <SessionCard session={session} as="office" showDay />
              </li>
            ))}
          </SessionCards>
          {data.nextTotal > data.next.length ? (
            <Anchor component={Link} to={`/office/sessions?from=${data.today}`} mt="sm" display="inline-block" size="sm">
              All {data.nextTotal} until tomorrow night
            </Anchor>
          ) : null}
        </section>
      </SimpleGrid>
    </Stack>
  );
}
