import { Alert, Anchor, Stack, Text } from '@mantine/core';
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { answerOffer } from '#app/domain/offers/answer-offer.server.ts';
import { getTutorOffer, payOfOffer } from '#app/domain/offers/tutor-queries.server.ts';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { FactList } from '#app/ui/session-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { type TutorOfferView, viewTutorOffer } from '../offer-pages/tutor-offer-view.ts';
import { WeeklyTimes } from '../offer-pages/weekly-times.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import { AnswerForms } from './answer-forms.tsx';
import { type AnswerProblem, readAnswer } from './read-answer.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.offer.title ?? 'Offer'} · Lectern` }];

/** The tutor's own offer; one that was never sent to them is as if it didn't exist. */
async function ownOffer(args: { request: Request; context: AppLoadContext; params: { id?: string | undefined } }) {
  const user = await authorize(args, 'tutor.enter');
  if (user.tutorId === null) throw notFound();
  await authorize(args, 'offer.answer', { type: 'tutor', tutorId: user.tutorId }, { hide: true });
  const { reader } = await readerFor(user, args.context);
  const of = { id: recordIdOf(args.params), tutorId: user.tutorId };
  return { user, reader, of, offer: await found(getTutorOffer(args.context.db, reader.now, of)) };
}

export async function loader(args: LoaderFunctionArgs) {
  const { reader, of, offer } = await ownOffer(args);
  return {
    offer: viewTutorOffer(offer, reader),
    pay: await payOfOffer(args.context.db, { ...of, startsOn: offer.terms.startsOn }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { user, of } = await ownOffer(args);
  const { context } = args;
  const answer = readAnswer(await args.request.formData());
  if ('problem' in answer) return data<AnswerProblem>(answer.problem, { status: 400 });
  try {
    await answerOffer(context.db, context, actorOf(user, context), { offerId: of.id, tutorId: of.tutorId, answer });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data<AnswerProblem>({ message: error.message, reason: '', note: '', error: null }, { status: statusOf(error) });
  }
  return redirect(`/tutor/offers/${of.id}?answered`);
}

export default function TutorOffer() {
  const { offer, pay } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        title={offer.title}
        back={{ to: '/tutor/offers', label: 'Offers' }}
        description={`The office asks whether you would teach ${offer.student}.`}
      />
      <Stack gap="lg">
        <ToldAlert told={answer?.message ? { message: answer.message } : undefined} />
        {params.has('answered') && offer.over ? (
          <Alert color="green" variant="light" role="status" title="The office knows your answer." />
        ) : null}
        {offer.over ? <Over offer={offer} /> : <Deadline offer={offer} />}
        <OfferFacts offer={offer} pay={pay} />
        {offer.message ? (
          <blockquote
            style={{ margin: 0, paddingInlineStart: 12, borderInlineStart: '3px solid var(--mantine-color-default-border)' }}
          >
            <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
              {offer.message}
            </Text>
          </blockquote>
        ) : null}
        {offer.open ? <AnswerForms offer={offer} problem={answer} /> : null}
      </Stack>
    </>
  );
}

function Deadline({ offer }: { offer: TutorOfferView }) {
  return (
    <Text size="sm" role="note">
      Please answer by{' '}
      <strong>
        <DateTime value={offer.answerBy} />
      </strong>
      : {offer.left} left.
    </Text>
  );
}

function Over({ offer }: { offer: TutorOfferView }) {
  return (
    <Alert
      color="gray"
      variant="light"
      role="note"
      title={offer.state.label}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {offer.over}{' '}
      {offer.engaged ? (
        <Anchor component={Link} to="/tutor/students" inherit underline="always">
          Your students
        </Anchor>
      ) : null}
    </Alert>
  );
}

function OfferFacts({ offer, pay }: { offer: TutorOfferView; pay: bigint | null }) {
  return (
    <FactList
      facts={[
        { label: 'State', value: <StatusBadge label={offer.state.label} tone={offer.state.tone} /> },
        { label: 'Student', value: offer.student },
        { label: 'When', value: <WeeklyTimes times={offer.times} /> },
        { label: 'Length', value: `${offer.length} minutes each` },
        { label: 'From', value: <LocalDate value={offer.startsOn} /> },
        { label: 'Until', value: offer.endsOn ? <LocalDate value={offer.endsOn} /> : 'Open' },
        { label: 'Where', value: offer.where },
        { label: 'Program', value: offer.program },
        {
          label: 'Your pay',
          value:
            pay === null ? (
              ''
            ) : (
              <>
                <Money value={pay} /> an hour
              </>
            ),
        },
        { label: 'Answered', value: offer.answeredAt ?? '' },
        { label: 'You said', value: offer.reason },
        { label: 'Reference', value: offer.ref },
      ]}
    />
  );
}
