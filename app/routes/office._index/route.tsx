import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { countRunsWaiting } from '#app/domain/billing/invoice-run-queries.server.ts';
import { countBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { countClearances } from '#app/domain/clearances/queries.server.ts';
import { listIdleEngagements } from '#app/domain/engagements/queries.server.ts';
import { listPlaceable } from '#app/domain/groups/waiting-queries.server.ts';
import { wayOut } from '#app/domain/meetings/provider-failure.ts';
import { listTroubles } from '#app/domain/meetings/provider-troubles.server.ts';
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
import { pipelineItems } from './pipeline-items.ts';
import { ProviderTrouble } from './provider-trouble.tsx';
import { runItems } from './run-items.ts';
import { stepsToFirstSession } from './steps-to-first-session.ts';
import { TodayHeader } from './today-header.tsx';
import { LateList, MeetingList } from './trouble-lists.tsx';
import { Waiting, type WaitingItem } from './waiting.tsx';

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
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true };
  return {
    date: new Intl.DateTimeFormat(reader.locale, { dateStyle: 'full', timeZone: organisation.timezone }).format(now),
    today,
    firstSteps: firstSteps
      ? stepsToFirstSession(firstSteps, { programs: can(user, 'program.write'), rates: can(user, 'rates.manage') })
      : null,
    waiting: [
      ...pipelineItems(asked, tasks),
      ...waitingItems({ ...counts, requests: requests.open, idle: idle.length, leftOut }, rooms.length, can(user, 'money.read')),
      ...clearanceItems(clearances),
      ...(can(user, 'money.read') ? runItems(await countRunsWaiting(db)) : []),
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

/** Somebody waits where a place is free now: the longest waiting first. */
function placeableItem(placeable: readonly { courseId: string | null; sessionId: string | null }[]): WaitingItem[] {
  const [first] = placeable;
  if (!first) return [];
  const to = first.courseId ? `/office/courses/${first.courseId}#waiting` : `/office/sessions/${first.sessionId ?? ''}#group`;
  const words = { one: 'free place that somebody waits for', many: 'free places that somebody waits for' };
  return [{ label: 'places', ...words, count: placeable.length, to, urgent: false }];
}

/** Papers of tutors: left out while there is nothing to do, since many companies ask for none. */
function clearanceItems({ toCheck, lacking }: { toCheck: number; lacking: number }): WaitingItem[] {
  const check = { label: 'documents', one: 'document to check', many: 'documents to check', count: toCheck, urgent: false };
  const lack = {
    label: 'clearances',
    one: 'clearance lacking or running out',
    many: 'clearances lacking or running out',
    count: lacking,
    urgent: false,
  };
  return [
    ...(toCheck > 0 ? [{ ...check, to: '/office/clearances?show=to_check' }] : []),
    ...(lacking > 0 ? [{ ...lack, to: '/office/clearances' }] : []),
  ];
}

type Counts = Awaited<ReturnType<typeof countToday>> & { requests: number; idle: number; leftOut: number };

function waitingItems(counts: Counts, rooms: number, money: boolean): WaitingItem[] {
  return [
    {
      label: 'requests',
      one: 'booking request to answer',
      many: 'booking requests to answer',
      count: counts.requests,
      to: '/office/booking-requests',
      urgent: false,
    },
    {
      label: 'idle',
      one: 'engagement with nothing planned',
      many: 'engagements with nothing planned',
      count: counts.idle,
      to: '/office/engagements?show=idle',
      urgent: false,
    },
    {
      label: 'to approve',
      one: 'close-out to approve',
      many: 'close-outs to approve',
      count: counts.toApprove,
      to: '/office/closeouts',
      urgent: false,
    },
    {
      label: 'overdue',
      one: 'close-out overdue',
      many: 'close-outs overdue',
      count: counts.overdue,
      to: '/office/closeouts?show=overdue',
      urgent: true,
    },
    {
      label: 'time-off',
      one: 'request for time off',
      many: 'requests for time off',
      count: counts.timeOff,
      to: '/office/time-off',
      urgent: false,
    },
    {
      label: 'rooms',
      one: 'meeting without a room',
      many: 'meetings without a room',
      count: rooms,
      to: '/office/meetings',
      urgent: true,
    },
    {
      label: 'left-out',
      one: 'day of a series left out',
      many: 'days of series left out',
      count: counts.leftOut,
      to: '/office/series?decide=1',
      urgent: true,
    },
    ...(money
      ? [
          {
            label: 'unbilled',
            one: 'place not billed yet',
            many: 'places not billed yet',
            count: counts.unbilled,
            to: '/office/unbilled',
            urgent: false,
          },
          {
            label: 'credits',
            one: 'family below zero credits',
            many: 'families below zero credits',
            count: counts.negativeCredits,
            to: '/office/credits?state=below',
            urgent: true,
          },
        ]
      : []),
  ];
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
