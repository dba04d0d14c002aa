import { Alert, Anchor, Stack, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { listOwnChecklists } from '#app/domain/checklists/own-checklists.server.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { listSharedWithFamily } from '#app/domain/notes/shared.server.ts';
import { listHomeworkToDo, listProgress } from '#app/domain/progress/progress-queries.server.ts';
import { getPublicForm } from '#app/domain/public-forms/form-queries.server.ts';
import { withoutHomes } from '#app/domain/scheduling/hidden-homes.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { viewSession } from '#app/ui/session-view.ts';
import { OwnChecklists } from '../checklist-pages/own-checklist.tsx';
import { HowWasIt } from '../feedback-pages/how-was-it.tsx';
import { loadToRate } from '../feedback-pages/load-to-rate.server.ts';
import { SharedSection } from '../person-pages/shared-section.tsx';
import { MakeUpNotes } from '../policy-pages/make-up-notes.tsx';
import { makeUpsOfFamily } from '../policy-pages/make-ups-of-family.server.ts';
import { ChildSwitcher } from '../progress-pages/child-switcher.tsx';
import { familyPupils } from '../progress-pages/family-pupils.server.ts';
import { HomeProgress } from '../progress-pages/home-progress.tsx';
import { stillToDo, viewProgress } from '../progress-pages/progress-view.ts';

const HELP = {
  text: 'The next lessons, with Join when it is time, and what is new. Open a lesson for its homework, materials and questions.',
  about: 'family/lessons',
} as const;

const SHOWN = 5;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, family, reader, options, pupils, pupil, shown } = await familyPupils({ request, context }, { all: true });
  const { db } = context;
  const [next, done, waiting, enquiry, rules, toDo] = await Promise.all([
    listSessions(db, { ...shown, endsAfter: reader.now, statuses: ['scheduled', 'requested'], limit: SHOWN + 1 }),
    listProgress(db, { studentIds: shown.studentIds, limit: 3 }),
    listBookingRequests(db, {
      family: { clientIds: user.clientIds, studentIds: user.studentIds },
      statuses: ['open', 'proposed'],
      limit: 20,
    }),
    getPublicForm(db, 'enquiry'),
    getCloseOutRules(db),
    listHomeworkToDo(db, { studentIds: shown.studentIds, since: stillToDo(reader.now), limit: 3 }),
  ]);
  const own = { clientIds: user.clientIds, studentIds: user.studentIds };
  const checklists = await listOwnChecklists(db, own, reader.now);
  return {
    checklists,
    pupils,
    chosen: pupil?.id ?? null,
    toRate: await loadToRate({ db }, { studentIds: shown.studentIds, userId: user.id }, reader),
    makeUps: await makeUpsOfFamily(context, user, { studentIds: shown.studentIds, reader }),
    name: user.name.split(' ')[0] ?? '',
    next: (await withoutHomes(db, family, next.slice(0, SHOWN))).map((row) => viewSession(row, options)),
    more: next.length > SHOWN,
    /** Where lessons in something else are asked for: the payer's alone, while the form is open. */
    mayEnquire: user.clientIds.length === 1 && enquiry.enabled,
    shared: await listSharedWithFamily(db, user),
    requests: { waiting: waiting.length, proposed: waiting.filter((one) => one.status === 'proposed').length },
    toDo: rules.families_see_homework ? toDo.map((row) => viewProgress(row, reader, rules)) : [],
    done: done.map((row) => viewProgress(row, reader, rules)),
  };
}

export const meta: MetaFunction = () => [{ title: 'Home · Lectern' }];

export default function FamilyHome() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader help={HELP} title={page.name ? `Hello ${page.name}` : 'Home'} />
      <ChildSwitcher
        pupils={page.pupils}
        chosen={page.chosen}
        to={(id) => (id === null ? '/family' : `/family?student=${id}`)}
        all
      />
      <Stack gap="xl">
        <OwnChecklists lists={page.checklists} home="/family" />
        <MakeUpNotes makeUps={page.makeUps} />
        <section aria-labelledby="next">
          <Title order={2} id="next" mb="sm">
            Next sessions
          </Title>
          {page.next.length === 0 ? (
            <EmptyState
              title="Nothing is planned"
              text="As soon as the office plans a session you see here when and where it is, and the button to join."
            />
          ) : (
            <SessionCards>
              {page.next.map((session) => (
                <li key={session.id}>
                  <SessionCard session={session} as="family" showDay />
                </li>
              ))}
            </SessionCards>
          )}
          {page.more ? (
            <Anchor component={Link} to="/family/sessions" mt="sm" display="inline-block">
              All that is planned
            </Anchor>
          ) : null}
          {page.mayEnquire ? (
            <Anchor component={Link} to="/enquire" mt="sm" display="block" w="fit-content">
              Ask for lessons in another subject
            </Anchor>
          ) : null}
        </section>
        {page.requests.waiting > 0 ? (
          <Alert
            color={page.requests.proposed > 0 ? 'yellow' : 'gray'}
            variant="light"
            role="note"
            title={page.requests.proposed > 0 ? 'Other times are offered: choose one' : 'What you asked for waits for an answer'}
          >
            <Anchor component={Link} to="/family/requests" inherit>
              {page.requests.waiting === 1 ? 'See the request' : `See ${page.requests.waiting} requests`}
            </Anchor>
          </Alert>
        ) : null}
        <HowWasIt lessons={page.toRate} />
        <SharedSection items={page.shared} />
        <HomeProgress toDo={page.toDo} done={page.done} names={page.pupils.length > 1} />
      </Stack>
    </>
  );
}
