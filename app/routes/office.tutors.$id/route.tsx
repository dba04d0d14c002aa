import { Anchor, Button } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { listTutorClearances } from '#app/domain/clearances/queries.server.ts';
import { listTutorProviders } from '#app/domain/connections/queries.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { shortestDecimal } from '#app/domain/organisation/policy.schema.ts';
import { getTutorPay } from '#app/domain/people/money-of.server.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { setTutorStatus } from '#app/domain/people/set-tutor-status.server.ts';
import { findStillPlanned } from '#app/domain/people/tutor-planned.server.ts';
import { isTutorStatus, tutorStatusNames } from '#app/domain/people/tutor-status.ts';
import { getHoursSummary } from '#app/domain/scheduling/availability-queries.server.ts';
import { CustomPanel } from '#app/ui/custom-facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { OnboardingPanel } from '../checklist-pages/checklist-panel.tsx';
import { onboardingOf } from '../checklist-pages/onboarding-of.server.ts';
import { todayOf } from '../clearance-pages/send-page.server.ts';
import { mailsSentTo } from '../mail-log/sent-to.server.ts';
import { SentToPanel } from '../mail-log/sent-to-panel.tsx';
import { MailWishesPanel } from '../mail-pages/mail-wishes-panel.tsx';
import { mailWishesOf } from '../mail-pages/person-mails.server.ts';
import { visibilitiesOf } from '../person-pages/notes-page.server.ts';
import { PersonTabs } from '../person-pages/person-tabs.tsx';
import { pinnedNotesOf } from '../person-pages/pinned-notes.server.ts';
import { PinnedNotes } from '../person-pages/pinned-notes.tsx';
import { engagementsOf } from '../planning-pages/engagements-of.server.ts';
import { EngagementsPanel } from '../planning-pages/engagements-panel.tsx';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { personAction } from '../record-forms/person-action.server.ts';
import { sessionsOf } from '../record-forms/record-sessions.server.ts';
import { SessionsPanels } from '../record-forms/sessions-panels.tsx';
import { SignInPanel } from '../record-forms/sign-in-panel.tsx';
import { tutorStatusTone } from '../record-forms/tutor-status-tone.ts';
import { tasksOf } from '../task-pages/tasks-of.server.ts';
import { TasksPanel } from '../task-pages/tasks-panel.tsx';
import { AccountsPanel } from './accounts-panel.tsx';
import { ClearancesPanel } from './clearances-panel.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { HoursPanel } from './hours-panel.tsx';
import { StatusPanel } from './status-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.tutor.name ?? 'Tutor'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const tutor = await found(getTutor(db, id));
  const [sessions, engagements, history, pay, hours, planned] = await Promise.all([
    sessionsOf(db, clock(), { tutorId: id }),
    engagementsOf(args.context, user, { tutorId: id }),
    listAudit(db, { subjectType: 'tutor', subjectId: id, visibilities: visibilitiesOf(user), limit: 20 }),
    can(user, 'pay.manage') ? getTutorPay(db, id) : null,
    getHoursSummary(db, { tutorId: id, zone: tutor.timezone, now: clock() }),
    findStillPlanned(db, id, clock()),
  ]);
  const custom = await customOf(db, 'tutor', id, officeAudience(user));
  const today = await todayOf(args.context);
  const clearances = await listTutorClearances(db, id, today);
  const pinned = await pinnedNotesOf(args.context, user, { tutorId: id });
  const onboarding = await onboardingOf(args.context, tutor);
  const { maxHoursPerWeek: max, wishedHoursPerWeek: wished, ...facts } = tutor;
  return {
    tutor: {
      ...facts,
      maxHoursPerWeek: max && shortestDecimal(max),
      wishedHoursPerWeek: wished && shortestDecimal(wished),
    },
    planned,
    today,
    clearances,
    sessions,
    engagements,
    history: history.map(historyLine),
    pay,
    hours,
    pinned,
    onboarding,
    providers: await listTutorProviders(db, args.context, id),
    custom,
    mayInvite: can(user, 'users.manage'),
    tasks: await tasksOf(args.context, user, { kind: 'tutor', id }),
    mailWishes: await mailWishesOf(args.context, { type: 'tutor', id }),
    sent: await mailsSentTo(args.context, user, { type: 'tutor', id }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.clone().formData();
  if (form.get('intent') !== 'status') return personAction(args, { type: 'tutor', get: getTutor });
  const user = await authorize(args, 'people.write');
  const { context } = args;
  const status = form.get('status');
  if (!isTutorStatus(status)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await setTutorStatus(context.db, context, actorOf(user, context), { ids: [recordIdOf(args.params)], status });
    return null;
  } catch (error) {
    return refusedAction(error);
  }
}

export default function Tutor() {
  const { tutor, planned, sessions, engagements, history, pay, hours, mayInvite } = useLoaderData<typeof loader>();
  const { pinned, custom } = useLoaderData<typeof loader>();
  const { tasks } = useLoaderData<typeof loader>();
  const { clearances, today } = useLoaderData<typeof loader>();
  const { onboarding } = useLoaderData<typeof loader>();
  const { providers } = useLoaderData<typeof loader>();
  const { mailWishes, sent } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const archived = tutor.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={
          <>
            <RecordTitle name={tutor.name} archived={archived} />{' '}
            {archived || tutor.status === 'active' ? null : (
              <StatusBadge label={tutorStatusNames[tutor.status]} tone={tutorStatusTone[tutor.status]} />
            )}
          </>
        }
        back={{ to: '/office/tutors', label: 'Tutors' }}
        actions={
          <>
            {archived ? null : (
              <Button component={Link} to="absence" variant="default">
                Is away
              </Button>
            )}
            <ArchiveButton archived={archived} consequence="The tutor can't be booked any more. Past sessions and pay stay." />
            <Button component={Link} to="edit">
              Edit
            </Button>
          </>
        }
      />
      <PersonTabs type="tutor" id={tutor.id} />
      <ToldAlert told={told ?? undefined} />
      <PinnedNotes notes={pinned} />
      <RecordColumns>
        <RecordColumn>
          <StatusPanel tutor={tutor} archived={archived} planned={planned} />
          <OnboardingPanel tutor={tutor} {...onboarding} mayInvite={mayInvite} />
          <FactsPanel tutor={tutor} />
          <CustomPanel custom={custom} />
          <ClearancesPanel kinds={clearances} today={today} to={`/office/tutors/${tutor.id}/clearances`} />
          <AccountsPanel providers={providers} to={`/office/tutors/${tutor.id}/accounts`} />
          <HoursPanel hours={hours} to={`/office/tutors/${tutor.id}/availability`} />
          {pay ? (
            <Panel
              title="Pay"
              aside={
                <Anchor component={Link} to={`/office/rates?tutorId=${tutor.id}`} size="sm">
                  Rates
                </Anchor>
              }
            >
              <Facts rows={[['In no pay run yet', <Money key="unpaid" value={pay.unpaid} />]]} />
            </Panel>
          ) : null}
          <MailWishesPanel wishes={mailWishes} to={`/office/tutors/${tutor.id}`} />
          <SentToPanel sent={sent} />
          <SignInPanel
            userEmail={tutor.userEmail}
            accepted={tutor.userAccepted}
            email={tutor.email}
            mayInvite={mayInvite}
            archived={archived}
            sees="their own sessions, students and pay"
          />
        </RecordColumn>
        <RecordColumn>
          <TasksPanel tasks={tasks} />
          <EngagementsPanel engagements={engagements} of="tutor" add={`/office/engagements/new?tutor=${tutor.id}`} />
          <SessionsPanels sessions={sessions} of="tutor" book={`/office/sessions/new?tutor=${tutor.id}`} />
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
