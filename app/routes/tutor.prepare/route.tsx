import { Stack } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import { Preparation } from '../session-pages/preparation.tsx';
import { preparationsOf } from '../session-pages/preparations-of.server.ts';

const HELP = {
  text: 'Everything you need before a session: where you left off, homework and whether it is done, goals, questions and materials. Your plan is read by the family too.',
  about: 'tutor/prepare',
} as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'tutor.enter');
  const { organisation, reader } = await readerFor(user, context);
  const { tutorId } = user;
  const { joinWindowMinutes } = organisation;
  return { preparations: tutorId ? await preparationsOf(context, { tutorId, reader, joinWindowMinutes, limit: 40 }) : [] };
}

export const meta: MetaFunction = () => [{ title: 'To prepare · Lectern' }];

export default function TutorPrepare() {
  const { preparations } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        back={{ to: '/tutor', label: 'Today' }}
        title="To prepare"
        description="Your sessions of the next seven days: what was said last time, homework, questions, goals and your plan."
      />
      {preparations.length === 0 ? (
        <EmptyState
          title="Nothing to prepare"
          text="Before each session of the next seven days, what you need for it stands here: where you left off, the homework, what the family asks."
          action={{ to: '/tutor/calendar', label: 'Open your calendar' }}
        />
      ) : (
        <Stack gap="md">
          {preparations.map((one) => (
            <Preparation key={one.session.id} preparation={one} />
          ))}
        </Stack>
      )}
    </>
  );
}
