import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { type ChangedProviders, changeMeetingProviders } from '#app/domain/meetings/change-providers.server.ts';
import { listMissingRooms, listSessionsAt } from '#app/domain/meetings/meeting-list-queries.server.ts';
import { retryMeetings } from '#app/domain/meetings/retry-meetings.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { loadMeetings, providerOf, SHOWN } from './load-meetings.server.ts';
import { ClosedProviders, LeftProviders } from './provider-alerts.tsx';
import { RoomList } from './room-list.tsx';

const HELP = {
  text: 'Online rooms that wait, failed, or are not where they should be. Try again, or choose another provider; the newest link is always the one behind Join.',
  about: 'office/meetings',
} as const;

export const meta: MetaFunction = () => [{ title: 'Meetings · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadMeetings(args);

interface Answer {
  done: string | null;
  left: ChangedProviders['left'];
  problem: string | null;
}

const refused = (problem: string) => data<Answer>({ done: null, left: [], problem }, { status: 400 });
const sessionsText = (count: number) => (count === 1 ? '1 session' : `${count} sessions`);

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'meeting.manage');
  const actor = actorOf(user, context);
  const form = await request.formData();
  const { db } = context;
  const one = textOf(form, 'retry-one');
  const chosen = isId(one) ? [one] : form.getAll('session').filter(isId).slice(0, SHOWN);
  const intent = textOf(form, 'intent');
  switch (isId(one) ? 'retry' : intent) {
    case 'retry':
    case 'retry-all': {
      const installId = providerOf(request);
      const all = async () =>
        (await listMissingRooms(db, context.clock(), { installId, limit: SHOWN })).rows.map((row) => row.sessionId);
      const sessionIds = intent === 'retry-all' ? await all() : chosen;
      if (sessionIds.length === 0) return refused('Tick the sessions to try again first.');
      const asked = await retryMeetings(db, context, actor, { sessionIds });
      const done = asked === 0 ? 'Nothing is left to be tried again.' : `${sessionsText(asked)}: the provider is asked again.`;
      return data<Answer>({ done, left: [], problem: null });
    }
    case 'change':
    case 'leave': {
      const installId = textOf(form, 'installId');
      const from = textOf(form, 'from');
      if (!isId(installId)) return refused('Choose the provider to use.');
      const sessionIds = intent === 'leave' && isId(from) ? await listSessionsAt(db, from, context.clock()) : chosen;
      if (sessionIds.length === 0) return refused('Tick the sessions that are to use another provider first.');
      const { changed, left } = await changeMeetingProviders(db, context, actor, { sessionIds, installId });
      return data<Answer>({ done: `${sessionsText(changed)} moved. Links that were sent keep working.`, left, problem: null });
    }
    default:
      return data(null, { status: 400 });
  }
}

export default function Meetings() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Meetings"
        description="Online sessions to come whose room isn’t there, the soonest first. A room that failed for a while is tried again by itself."
      />
      <Stack gap="md">
        {answer?.problem ? <Alert color="red" variant="light" role="alert" title={answer.problem} /> : null}
        {answer?.done ? (
          <Alert color="green" variant="light" role="status" title={answer.done}>
            {answer.left.length > 0 ? (
              <List size="sm">
                {answer.left.map((one) => (
                  <List.Item key={one.sessionId}>
                    <Anchor component={Link} inherit underline="always" to={`/office/sessions/${one.sessionId}#meeting`}>
                      {one.title}
                    </Anchor>{' '}
                    stays where it is: {one.reason}
                  </List.Item>
                ))}
              </List>
            ) : null}
          </Alert>
        ) : null}
        <ClosedProviders gates={page.gates} mayOpen={page.mayOpenProviders} />
        <LeftProviders left={page.left} />
        {page.only ? (
          <Text size="sm">
            Only those of one provider are listed.{' '}
            <Anchor component={Link} to="/office/meetings" size="sm" underline="always">
              Show all
            </Anchor>
          </Text>
        ) : null}
        {page.rooms.length === 0 ? (
          <EmptyState
            title="Every room is there"
            text="Online sessions whose room a provider could not make, or is still making, are listed here with the reason and the way out."
            action={{ to: '/office/sessions', label: 'See the sessions' }}
          />
        ) : (
          <RoomList rooms={page.rooms} total={page.total} choices={page.choices} />
        )}
      </Stack>
    </>
  );
}
