import { Alert, Group, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getCourse } from '#app/domain/groups/course-queries.server.ts';
import { leaveWaitingList } from '#app/domain/groups/leave-waiting-list.server.ts';
import { takePlace } from '#app/domain/groups/take-place.server.ts';
import { getWaiting } from '#app/domain/groups/waiting-queries.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { FactList } from '#app/ui/session-facts.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { whenOf } from '#app/ui/session-when.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { answerForm, textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

type Args = LoaderFunctionArgs | ActionFunctionArgs;

/** A family's own entry of a waiting list; of anybody else's not even that it is there. */
async function ownEntry(args: Args) {
  const user = await authorize(args, 'family.enter');
  const { context } = args;
  const { organisation, reader } = await readerFor(user, context);
  const entry = await found(getWaiting(context.db, reader.now, recordIdOf(args.params)));
  const subject = { type: 'student', studentId: entry.studentId, clientId: entry.clientId } as const;
  if (!can(user, 'place-offer.answer', subject)) throw notFound();
  return { user, context, organisation, reader, entry };
}

export async function loader(args: LoaderFunctionArgs) {
  const { user, context, organisation, reader, entry } = await ownEntry(args);
  const course = entry.courseId ? await getCourse(context.db, reader.now, entry.courseId) : undefined;
  // A student who is nobody's client sees no money.
  const pays = user.clientIds.includes(entry.clientId);
  const when = entry.startsAt && entry.endsAt ? whenOf(reader, entry.startsAt, entry.endsAt).long : '';
  return {
    what: entry.what,
    student: entry.studentName,
    when,
    several: entry.seriesId !== null,
    price:
      pays && course?.price
        ? `${formatMoney(course.price, organisation.currency, reader.locale)}, and tax where there is any`
        : '',
    state: entry.status === 'offered' ? (entry.free > 0 ? ('open' as const) : ('gone' as const)) : entry.status,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { user, context, reader, entry } = await ownEntry(args);
  const actor = actorOf(user, context);
  const form = await args.request.formData();
  const on = { reader, page: `/family/places/${entry.id}` };
  switch (textOf(form, 'intent')) {
    case 'take':
      return answerForm(on, form, () => takePlace(context.db, context, actor, { waitingId: entry.id, by: 'family' }));
    case 'decline':
      return answerForm(on, form, () => leaveWaitingList(context.db, actor, { waitingId: entry.id }));
    default:
      return redirect(on.page);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.what ?? 'A place'} · Lectern` }];

const told = {
  waiting: 'No place is free yet. You get a mail as soon as one is offered to you.',
  gone: 'Somebody else has taken the place meanwhile. You stay on the waiting list, and get a mail when there is another one.',
  placed: 'The place is yours. You find it among your sessions.',
  left: 'You are not on this waiting list any more.',
} as const;

export default function PlaceOffered() {
  const { what, student, when, several, price, state } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  return (
    <>
      <PageHeader title={what} back={{ to: '/family/sessions', label: 'Sessions' }} />
      <Stack gap="lg" maw={560}>
        <ProblemAlert problem={answer?.problem} />
        <FactList
          facts={[
            { label: 'For', value: student },
            { label: several ? 'From' : 'When', value: when },
            { label: 'Costs', value: price ? `${price}: on your next invoice` : '' },
          ]}
        />
        {state === 'open' ? (
          <>
            <Text>
              {several
                ? `A place is free. Taking it books ${student} into every session still to come.`
                : 'A place is free. Taking it books it at once.'}
            </Text>
            <Form method="post">
              <Group>
                <SubmitButton name="intent" value="take">
                  Take the place
                </SubmitButton>
                <SubmitButton name="intent" value="decline" variant="default">
                  No, thank you
                </SubmitButton>
              </Group>
            </Form>
          </>
        ) : (
          <Alert color="gray" variant="light" role="status">
            {told[state]}
          </Alert>
        )}
      </Stack>
    </>
  );
}
