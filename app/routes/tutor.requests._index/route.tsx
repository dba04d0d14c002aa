import { Stack, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { tutorPlanner } from '../planning-pages/planner-of.server.ts';
import { RequestCards } from '../planning-pages/request-cards.tsx';
import { viewRequest } from '../planning-pages/request-view.ts';

const HELP = {
  text: 'What families ask of you: a session, another time. Accept it, decline it, or offer other times.',
  about: 'tutor/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Requests · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { planner, reader, context } = await tutorPlanner(args);
  const rows = await listBookingRequests(context.db, { tutorId: planner.tutorId, limit: 60 });
  const views = rows.map((row) => ({ source: row.source, ...viewRequest(row, { reader, as: 'tutor', currency: null }) }));
  return {
    toAnswer: views.filter((view) => view.waiting && view.source !== 'tutor'),
    asked: views.filter((view) => view.waiting && view.source === 'tutor'),
    over: views.filter((view) => !view.waiting).slice(0, 20),
  };
}

export default function TutorRequests() {
  const { toAnswer, asked, over } = useLoaderData<typeof loader>();
  const parts = [
    { id: 'to-answer', title: 'To answer', requests: toAnswer },
    { id: 'asked', title: 'You asked the office', requests: asked },
    { id: 'over', title: 'Answered', requests: over },
  ].filter((part) => part.requests.length > 0);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Requests"
        description="What families ask of you. Nothing is booked or changed until you accept."
      />
      {parts.length === 0 ? (
        <EmptyState
          title="Nothing is asked"
          text="When a family asks for a time or a change that you answer, it appears here, and you get a mail."
          action={{ to: '/tutor', label: 'See what is next' }}
        />
      ) : (
        <Stack gap="xl">
          {parts.map((part) => (
            <section key={part.id} aria-labelledby={part.id}>
              <Title order={2} id={part.id} mb="sm">
                {part.title}
              </Title>
              <RequestCards requests={part.requests} base="/tutor/requests" />
            </section>
          ))}
        </Stack>
      )}
    </>
  );
}
