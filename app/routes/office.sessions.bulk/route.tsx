import { Stack, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { changeSessions } from '#app/domain/scheduling/change-sessions.server.ts';
import { listToReplan, suggestReplanning } from '#app/domain/scheduling/replanning-queries.server.ts';
import { MOST_AT_ONCE } from '#app/domain/scheduling/session-changes.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { OutcomePanel } from '../replanning/outcome-panel.tsx';
import { answerReplanning } from '../replanning/replanning-form.server.ts';
import { ReplanningForm } from '../replanning/replanning-form.tsx';
import { sameForAll, viewReplanned } from '../replanning/view-replanning.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/** Which sessions is in the address, so that the page can be left and come back to. */
const idsOf = (request: Request) =>
  [...new Set(new URL(request.url).searchParams.getAll('session').filter((id) => isId(id)))].slice(0, MOST_AT_ONCE);

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.cancel');
  const { reader } = await readerFor(user, context);
  const ids = idsOf(request);
  const { rows } = await listToReplan(context.db, context, { ids });
  const [sessions, reasons] = await Promise.all([
    suggestReplanning(context.db, context, rows, reader.now),
    listReasonChoices(context.db, 'office'),
  ]);
  const same = sameForAll(new URL(request.url).searchParams.get('all'), 'cancel');
  return { ids, same, reasons, sessions: sessions.map((session) => viewReplanned(session, reader, same)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.cancel');
  const { organisation, reader } = await readerFor(user, context);
  const actor = actorOf(user, context);
  const form = await request.formData();
  return answerReplanning({ context, actor, reader, currency: organisation.currency }, form, (input) =>
    changeSessions(context.db, context, actor, input),
  );
}

export const meta: MetaFunction = () => [{ title: 'Change many sessions · Lectern' }];

const links = [
  { same: 'cancel', label: 'Cancel' },
  { same: 'move', label: 'Move to the next free time' },
  { same: 'substitute', label: 'Find other tutors' },
  { same: 'keep', label: 'Leave as it is' },
] as const;

const who = [
  { value: 'office', label: 'The office: no late fees' },
  { value: 'tutor', label: 'The tutors: no late fees' },
  { value: 'client', label: 'The families: late fees by the policy' },
];

export default function BulkSessions() {
  const { ids, same, reasons, sessions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const done = answer?.step === 'done' ? answer.outcome : undefined;
  const address = (all: string) => `?${new URLSearchParams([...ids.map((id) => ['session', id]), ['all', all]])}`;
  const over = ids.length - sessions.length;
  return (
    <>
      <PageHeader
        back={{ to: '/office/sessions', label: 'Sessions' }}
        title={ids.length === 1 ? 'Change 1 session' : `Change ${ids.length} sessions`}
        description="Everybody concerned is told once, after you confirm."
      />
      <Stack gap="lg">
        {done ? <OutcomePanel outcome={done} title={done.failed > 0 ? 'Done, but for what is left' : 'Done'} /> : null}
        {!done && over > 0 && sessions.length > 0 ? (
          <Text size="sm" c="dimmed">
            {over === 1 ? '1 of those chosen is' : `${over} of those chosen are`} over or not planned any more and left out.
          </Text>
        ) : null}
        {sessions.length === 0 && answer?.step !== 'confirm' ? (
          done ? null : (
            <EmptyState
              title="No planned session is chosen"
              text="Tick planned sessions in the list; here you then cancel, move or hand over all of them at once."
              action={{ to: '/office/sessions', label: 'To the sessions' }}
            />
          )
        ) : (
          <ReplanningForm
            sessions={sessions}
            answer={answer}
            showTutor
            same={same}
            sameLinks={links.map((link) => ({ ...link, to: address(link.same) }))}
            by={{ value: 'office', choices: who }}
            reasons={reasons}
            cancelTo="/office/sessions"
          />
        )}
      </Stack>
    </>
  );
}
