import { Stack, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { listTutorOffers } from '#app/domain/offers/tutor-queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { OfferCards } from '../offer-pages/offer-cards.tsx';
import { viewTutorOffer } from '../offer-pages/tutor-offer-view.ts';
import { tutorPlanner } from '../planning-pages/planner-of.server.ts';

const HELP = {
  text: 'Students the office offers you. Accept, or decline with a reason, before the time to answer is over.',
  about: 'tutor/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Offers · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { planner, reader, context } = await tutorPlanner(args);
  const offers = await listTutorOffers(context.db, reader.now, planner.tutorId);
  const views = offers.map((offer) => viewTutorOffer(offer, reader));
  return { open: views.filter((offer) => offer.open), over: views.filter((offer) => !offer.open).slice(0, 20) };
}

export default function TutorOffers() {
  const { open, over } = useLoaderData<typeof loader>();
  const parts = [
    { id: 'to-answer', title: 'To answer', offers: open },
    { id: 'over', title: 'Over', offers: over },
  ].filter((part) => part.offers.length > 0);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Offers"
        description="Students the office would like you to teach. Nothing begins until you accept."
      />
      {parts.length === 0 ? (
        <EmptyState
          title="Nothing is offered to you"
          text="When the office offers you a student, it appears here, and you get a mail."
          action={{ to: '/tutor/availability', label: 'Look at your hours' }}
        />
      ) : (
        <Stack gap="xl">
          {parts.map((part) => (
            <section key={part.id} aria-labelledby={part.id}>
              <Title order={2} id={part.id} mb="sm">
                {part.title}
              </Title>
              <OfferCards offers={part.offers} />
            </section>
          ))}
        </Stack>
      )}
    </>
  );
}
