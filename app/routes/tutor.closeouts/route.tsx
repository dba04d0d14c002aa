import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listMayBeMissed, listToCloseOut } from '#app/domain/closeout/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { type SessionView, viewSession } from '#app/ui/session-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { ToCloseOutCards } from '../session-pages/to-close-out-cards.tsx';
import { viewToCloseOut } from '../session-pages/view-to-close-out.ts';

const HELP = {
  text: 'Sessions that are over. Took it place as planned, one tap is enough; your pay and the family’s invoice follow from it.',
  about: 'tutor/close-outs',
} as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'tutor.enter');
  const { organisation, reader } = await readerFor(user, context);
  const waiting = user.tutorId ? await listToCloseOut(context.db, { tutorId: user.tutorId, now: reader.now }) : [];
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' };
  const live = user.tutorId ? await listMayBeMissed(context.db, { tutorId: user.tutorId, now: reader.now }) : [];
  return {
    done: new URL(request.url).searchParams.has('done'),
    rows: viewToCloseOut(waiting, options),
    underWay: live.map((row) => viewSession(row, options)),
  };
}

export const meta: MetaFunction = () => [{ title: 'Close out · Lectern' }];

export default function TutorCloseOuts() {
  const { rows, done, underWay } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="To close out"
        description="Sessions that are over and wait for your word on what took place. Until then they are not in your pay, and not billed."
      />
      {done ? <Alert color="green" mb="md" role="status" title="Closed out. Thank you." /> : null}
      {underWay.length > 0 ? <UnderWay sessions={underWay} /> : null}
      {rows.length === 0 ? (
        <EmptyState
          title="All closed out"
          text="When a session of yours is over it appears here."
          action={{ to: '/tutor', label: 'See what is next' }}
        />
      ) : (
        <ToCloseOutCards rows={rows} />
      )}
    </>
  );
}

/** Nobody came: that can be said before the end, from the moment the policy allows. */
function UnderWay({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <Stack component="section" gap="sm" mb="xl" aria-labelledby="under-way">
      <Title order={2} id="under-way">
        Under way
      </Title>
      <SessionCards>
        {sessions.map((session) => (
          <li key={session.id}>
            <SessionCard session={session} as="tutor" showDay>
              <Text size="sm" c="dimmed">
                Did nobody come? You may say so now.
              </Text>
              <Button
                component={Link}
                to={`${session.href}/close-out`}
                variant="default"
                aria-label={`Mark a no-show: ${session.title}, ${session.when.long}`}
              >
                Mark a no-show
              </Button>
            </SessionCard>
          </li>
        ))}
      </SessionCards>
    </Stack>
  );
}
