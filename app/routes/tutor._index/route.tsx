import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { countBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { listOwnChecklists } from '#app/domain/checklists/own-checklists.server.ts';
import { listTutorClearances } from '#app/domain/clearances/queries.server.ts';
import { listToCloseOut } from '#app/domain/closeout/queries.server.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { listSharedWithTutor } from '#app/domain/notes/shared.server.ts';
import { listTutorOffers } from '#app/domain/offers/tutor-queries.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { addMinutes, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { groupByDay, viewSession } from '#app/ui/session-view.ts';
import { OwnChecklists } from '../checklist-pages/own-checklist.tsx';
import { DocumentsNote } from '../clearance-pages/documents-note.tsx';
import { UpcomingHeading } from '../instant-pages/upcoming-heading.tsx';
import { OfferCards } from '../offer-pages/offer-cards.tsx';
import { viewTutorOffer } from '../offer-pages/tutor-offer-view.ts';
import { SharedSection } from '../person-pages/shared-section.tsx';
import { engagementsOf } from '../planning-pages/engagements-of.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { NextToPrepare } from '../session-pages/next-to-prepare.tsx';
import { preparationsOf } from '../session-pages/preparations-of.server.ts';
import { ToCloseOutCards } from '../session-pages/to-close-out-cards.tsx';
import { viewToCloseOut } from '../session-pages/view-to-close-out.ts';

const HELP = {
  text: 'What is next, what to prepare for it, and what waits to be closed out. Join appears when it is time.',
  about: 'tutor/day',
} as const;

const DAYS_AHEAD = 7;
const SHOWN_TO_CLOSE_OUT = 3;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'tutor.enter');
  const { organisation, reader } = await readerFor(user, context);
  const { now } = reader;
  const tutorId = user.tutorId;
  const today = localDateOf(now, organisation.timezone);
  const [upcoming, waiting, requests, engagements, offers, clearances] = tutorId
    ? await Promise.all([
        listSessions(context.db, {
          tutorId,
          endsAfter: now,
          to: addMinutes(now, DAYS_AHEAD * 1440),
          statuses: ['scheduled'],
          limit: 40,
        }),
        listToCloseOut(context.db, { tutorId, now }),
        countBookingRequests(context.db, tutorId),
        engagementsOf(context, user, { tutorId }),
        listTutorOffers(context.db, now, tutorId),
        listTutorClearances(context.db, tutorId, today),
      ])
    : [[], [], { open: 0 }, [], [], []];
  const checklists = await listOwnChecklists(context.db, { tutorId }, now);
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' };
  const toCloseOut = viewToCloseOut(waiting, options);
  return {
    linked: tutorId !== null,
    next: tutorId
      ? await preparationsOf(context, { tutorId, reader, joinWindowMinutes: organisation.joinWindowMinutes, limit: 1 })
      : [],
    shared: tutorId ? await listSharedWithTutor(context.db, tutorId, now) : [],
    checklists,
    date: new Intl.DateTimeFormat(reader.locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: reader.zone,
    }).format(now),
    days: groupByDay(upcoming.map((row) => viewSession(row, options))),
    toCloseOut: toCloseOut.slice(0, SHOWN_TO_CLOSE_OUT),
    toCloseOutTotal: toCloseOut.length,
    requests: requests.open,
    offers: offers.filter((offer) => offer.state === 'sent').map((offer) => viewTutorOffer(offer, reader)),
    offered: offers.length > 0,
    documents: clearances.map(({ type, standing, required }) => ({ id: type.id, name: type.name, standing, required })),
    students: engagements.length,
    mayStartNow: (await getMeetingRules(context.db)).tutors_start_now,
    idle: engagements.filter((one) => one.idle).map(({ id, studentName, subject }) => ({ id, studentName, subject })),
  };
}

export const meta: MetaFunction = () => [{ title: 'Today · Lectern' }];

export default function TutorToday() {
  const page = useLoaderData<typeof loader>();
  if (!page.linked) {
    return (
      <EmptyState
        title="You aren’t a tutor here yet"
        text="Your account isn’t tied to a tutor’s record. The office can do that; then your sessions are here."
      />
    );
  }
  const [first, ...later] = page.days;
  const more = page.toCloseOutTotal - page.toCloseOut.length;
  return (
    <>
      <PageHeader help={HELP} title="Today" description={page.date} />
      <Stack gap="xl">
        {page.offers.length > 0 ? (
          <section aria-labelledby="offers">
            <Title order={2} id="offers" mb="sm">
              {page.offers.length === 1 ? 'A student is offered to you' : `${page.offers.length} students are offered to you`}
            </Title>
            <OfferCards offers={page.offers} />
          </section>
        ) : null}
        <OwnChecklists lists={page.checklists} home="/tutor" />
        <section aria-labelledby="upcoming">
          <UpcomingHeading mayStart={page.mayStartNow} />
          {first ? (
            <Day day={first} />
          ) : (
            <EmptyState
              title="Nothing is planned for you"
              text="Sessions the office plans with you for the next seven days appear here, with Join when it is time."
            />
          )}
        </section>
        <NextToPrepare preparations={page.next} />
        <DocumentsNote documents={page.documents} />
        <Planning requests={page.requests} students={page.students} idle={page.idle} offered={page.offered} />
        {page.toCloseOut.length > 0 ? (
          <section aria-labelledby="to-close-out">
            <Title order={2} id="to-close-out" mb="sm">
              To close out
            </Title>
            <ToCloseOutCards rows={page.toCloseOut} />
            {more > 0 ? (
              <Anchor component={Link} to="/tutor/closeouts" mt="sm" display="inline-block">
                {more} more to close out
              </Anchor>
            ) : null}
          </section>
        ) : null}
        <SharedSection items={page.shared} />
        {later.length > 0 ? (
          <section aria-labelledby="later">
            <Title order={2} id="later" mb="sm">
              Later
            </Title>
            <Stack gap="lg">
              {later.map((day) => (
                <Day key={day.date} day={day} />
              ))}
            </Stack>
          </section>
        ) : null}
      </Stack>
    </>
  );
}

function Day({ day }: { day: ReturnType<typeof groupByDay>[number] }) {
  return (
    <div>
      <Text fw={600} size="sm" mb={6}>
        {day.day}
      </Text>
      <SessionCards>
        {day.sessions.map((session) => (
          <li key={session.id}>
            <SessionCard session={session} as="tutor" />
          </li>
        ))}
      </SessionCards>
    </div>
  );
}

interface PlanningProps {
  requests: number;
  students: number;
  /** Something was offered once. */
  offered: boolean;
  idle: readonly { id: string; studentName: string; subject: string }[];
}

/** What waits to be planned: requests to answer, and students with whom nothing is. */
function Planning({ requests, students, idle, offered }: PlanningProps) {
  if (requests === 0 && students === 0 && !offered) return null;
  return (
    <section aria-labelledby="planning">
      <Title order={2} id="planning" mb="sm">
        Planning
      </Title>
      <Stack gap={6}>
        {requests > 0 ? (
          <Anchor component={Link} to="/tutor/requests" fw={600}>
            {requests === 1 ? '1 request to answer' : `${requests} requests to answer`}
          </Anchor>
        ) : null}
        {idle.map((one) => (
          <Anchor key={one.id} component={Link} to={`/tutor/book?with=${one.id}`}>
            Nothing is planned with {one.studentName} ({one.subject}): find a time
          </Anchor>
        ))}
        <Text size="sm">
          <Anchor component={Link} to="/tutor/students" inherit>
            Your {students === 1 ? 'student' : `${students} students`}
          </Anchor>
          {requests === 0 ? (
            <>
              {' · '}
              <Anchor component={Link} to="/tutor/requests" inherit>
                Requests
              </Anchor>
            </>
          ) : null}
          {offered ? (
            <>
              {' · '}
              <Anchor component={Link} to="/tutor/offers" inherit>
                Offers
              </Anchor>
            </>
          ) : null}
        </Text>
      </Stack>
    </section>
  );
}
