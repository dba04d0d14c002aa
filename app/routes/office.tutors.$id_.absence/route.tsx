import { randomUUID } from 'node:crypto';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { loadAbsence } from '#app/domain/scheduling/absence-queries.server.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { coverAbsence } from '#app/domain/scheduling/cover-absence.server.ts';
import { MOST_AT_ONCE } from '#app/domain/scheduling/session-changes.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { OutcomePanel } from '../replanning/outcome-panel.tsx';
import { answerReplanning } from '../replanning/replanning-form.server.ts';
import { ReplanningForm } from '../replanning/replanning-form.tsx';
import { sameForAll, viewReplanned } from '../replanning/view-replanning.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { absenceDays } from './absence-days.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'session.cancel');
  const { context, request } = args;
  const { organisation, reader } = await readerFor(user, context);
  const tutorId = recordIdOf(args.params);
  const { from, to } = absenceDays(request, localDateOf(reader.now, organisation.timezone));
  const [{ tutor, sessions, more }, reasons] = await Promise.all([
    found(loadAbsence(context.db, context, { tutorId, from, to })),
    listReasonChoices(context.db, 'tutor'),
  ]);
  const same = sameForAll(new URL(request.url).searchParams.get('all'), 'suggest');
  return {
    tutor,
    from,
    to,
    more,
    same,
    reasons,
    timeOffId: randomUUID(),
    sessions: sessions.map((session) => viewReplanned(session, reader, same)),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'session.cancel');
  const { context, request } = args;
  const tutorId = recordIdOf(args.params);
  const { organisation, reader } = await readerFor(user, context);
  const days = absenceDays(request, localDateOf(reader.now, organisation.timezone));
  const actor = actorOf(user, context);
  await found(getTutor(context.db, tutorId));
  const form = await request.formData();
  const timeOffId = textOf(form, 'timeOffId');
  return answerReplanning({ context, actor, reader, currency: organisation.currency }, form, (input, { timeOff }) =>
    coverAbsence(context.db, context, actor, {
      ...input,
      by: 'tutor',
      tutorId,
      ...days,
      ...(timeOff && isId(timeOffId) ? { timeOffId } : {}),
    }),
  );
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.tutor.name ?? 'Tutor'} is away · Lectern` }];

const links = [
  { same: 'suggest', label: 'What fits best' },
  { same: 'substitute', label: 'Find substitutes' },
  { same: 'move', label: 'Move to the next free time' },
  { same: 'cancel', label: 'Cancel' },
] as const;

export default function Absence() {
  const { tutor, from, to, more, same, reasons, timeOffId, sessions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = `/office/tutors/${tutor.id}`;
  const address = (all: string) => `?${new URLSearchParams({ from, to, all })}`;
  const done = answer?.step === 'done' ? answer.outcome : undefined;
  const days = from === to ? 'this day' : 'these days';
  return (
    <>
      <PageHeader
        back={{ to: back, label: tutor.name }}
        title={`${tutor.name} is away`}
        description="What becomes of each session in these days. Families, tutors and substitutes are told once, after you confirm."
      />
      <Stack gap="lg">
        <Form method="get" aria-label="Days" key={`${from} ${to}`}>
          <Group align="flex-end" gap="sm">
            <TextInput type="date" name="from" label="First day" defaultValue={from} size="xs" />
            <TextInput type="date" name="to" label="Last day" defaultValue={to} size="xs" />
            <Button type="submit" variant="default" size="xs">
              Show
            </Button>
          </Group>
        </Form>
        {done ? <OutcomePanel outcome={done} title={done.failed > 0 ? 'Done, but for what is left' : 'Done'} /> : null}
        {sessions.length === 0 && answer?.step !== 'confirm' ? (
          done ? null : (
            <EmptyState
              title="Nothing to deal with"
              text={`${tutor.name} has no session left in ${days}. Choose other days above.`}
              action={{ to: back, label: `Back to ${tutor.name}` }}
            />
          )
        ) : (
          <>
            {more ? (
              <Text size="sm">
                There are more sessions in these days. Here are the first {MOST_AT_ONCE}; the others follow when these are done.
              </Text>
            ) : null}
            <ReplanningForm
              sessions={sessions}
              answer={answer}
              same={same}
              sameLinks={links.map((link) => ({ ...link, to: address(link.same) }))}
              by={{ value: 'tutor' }}
              reasons={reasons}
              fields={{ timeOffId }}
              timeOff={{ label: `Record ${days} as time off, so that nobody books ${tutor.name} meanwhile` }}
              cancelTo={back}
            />
          </>
        )}
      </Stack>
    </>
  );
}
