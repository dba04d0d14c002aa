import { Alert, Anchor } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { makeOffer } from '#app/domain/offers/make-offer.server.ts';
import { withdrawOffer } from '#app/domain/offers/withdraw-offer.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { loadOfferForm, rankingOf, ratesOf } from './load-offer-form.server.ts';
import { OfferForm } from './offer-form.tsx';
import { readOffer } from './read-offer.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Offer ${data?.head.student ?? ''} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  return loadOfferForm(args.context, user, recordIdOf(args.params), new URL(args.request.url).searchParams);
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { context } = args;
  const requestId = recordIdOf(args.params);
  const form = await args.request.formData();
  const actor = actorOf(user, context);
  if (form.get('intent') === 'withdraw') {
    const offerId = form.get('offer');
    if (typeof offerId !== 'string' || !isId(offerId)) throw notFound();
    try {
      await withdrawOffer(context.db, context, actor, { offerId, reason: String(form.get('reason') ?? '') });
    } catch (error) {
      // Somebody accepted a moment before: the request's page shows who.
      if (!isDomainError(error, 'conflict')) throw error;
    }
    return redirect(`/office/requests/${requestId}`);
  }
  const [{ organisation }, ranking] = await Promise.all([readerFor(user, context), rankingOf(context, requestId)]);
  if (!ranking) throw notFound();
  const { timezone: zone, currency } = organisation;
  const { maySetRates } = ratesOf(user);
  const read = readOffer(form, { requestId, subjectId: ranking.request.subjectId, zone, currency, maySetRates });
  if (!read.ok) return refusedForm(read.answer);
  const asked = new Set(read.value.tutorIds);
  const scores = ranking.matches.filter((match) => asked.has(match.tutorId) && match.broken.length === 0);
  try {
    await makeOffer(
      context.db,
      context,
      actor,
      read.value,
      new Map(scores.map(({ tutorId, score, parts }) => [tutorId, { score, parts }])),
    );
  } catch (error) {
    return refusedRecord(error, form);
  }
  return redirect(`/office/requests/${requestId}?offered`);
}

export default function MakeOffer() {
  const { head, outRef, form } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const request = `/office/requests/${head.id}`;
  return (
    <>
      <PageHeader
        title="Offer it to tutors"
        back={{ to: request, label: `Request ${head.ref}` }}
        description={`${head.subject ?? 'No subject yet'} for ${head.student || 'nobody yet'}. They see the student’s first name, not the family.`}
      />
      {form ? (
        <OfferForm key={form.id} form={form} answer={answer} cancelTo={request} />
      ) : outRef ? (
        <Alert
          color="yellow"
          variant="light"
          role="note"
          title={`An offer of it is out already (${outRef})`}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <Anchor component={Link} to={request} inherit underline="always">
            Look at it, or withdraw it
          </Anchor>{' '}
          before you make another.
        </Alert>
      ) : head.closed ? (
        <EmptyState
          title="This request is closed"
          text="Open it again on its page before you offer it."
          action={{ to: request, label: 'To the request' }}
        />
      ) : (
        <EmptyState
          title="Not enough is known yet"
          text="It can be offered once it has a student and a subject."
          action={{ to: `${request}/edit`, label: 'Complete the request' }}
        />
      )}
    </>
  );
}
