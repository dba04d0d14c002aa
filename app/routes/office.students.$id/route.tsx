import { Anchor, Button } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { checklistOf } from '#app/domain/checklists/checklist-queries.server.ts';
import { listConversations } from '#app/domain/conversations/queries.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { listExclusions } from '#app/domain/matching/exclusion-queries.server.ts';
import { listGuardians } from '#app/domain/people/guardian-queries.server.ts';
import { getStudent } from '#app/domain/people/queries.server.ts';
import { CustomPanel } from '#app/ui/custom-facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { ChecklistPanel } from '../checklist-pages/checklist-panel.tsx';
import { ConversationsPanel } from '../conversation-pages/conversations-panel.tsx';
import { goalsOf } from '../goal-pages/goals-of.server.ts';
import { GoalsPanel } from '../goal-pages/goals-panel.tsx';
import { InstantButton } from '../instant-pages/instant-button.tsx';
import { mailsSentTo } from '../mail-log/sent-to.server.ts';
import { SentToPanel } from '../mail-log/sent-to-panel.tsx';
import { MailWishesPanel } from '../mail-pages/mail-wishes-panel.tsx';
import { mailWishesOf } from '../mail-pages/person-mails.server.ts';
import { ExclusionsPanel } from '../office.students.$id_.exclusions/exclusions-panel.tsx';
import { GuardiansPanel } from '../person-pages/guardians-panel.tsx';
import { visibilitiesOf } from '../person-pages/notes-page.server.ts';
import { PersonTabs } from '../person-pages/person-tabs.tsx';
import { pinnedNotesOf } from '../person-pages/pinned-notes.server.ts';
import { PinnedNotes } from '../person-pages/pinned-notes.tsx';
import { engagementsOf } from '../planning-pages/engagements-of.server.ts';
import { EngagementsPanel } from '../planning-pages/engagements-panel.tsx';
import { makeUpsOf } from '../policy-pages/make-ups-of.server.ts';
import { MakeUpsPanel } from '../policy-pages/make-ups-panel.tsx';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { personAction } from '../record-forms/person-action.server.ts';
import { sessionsOf } from '../record-forms/record-sessions.server.ts';
import { SessionsPanels } from '../record-forms/sessions-panels.tsx';
import { SignInPanel } from '../record-forms/sign-in-panel.tsx';
import { requestsOf } from '../request-pages/requests-of.server.ts';
import { RequestsPanel } from '../request-pages/requests-panel.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import { tasksOf } from '../task-pages/tasks-of.server.ts';
import { TasksPanel } from '../task-pages/tasks-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.student.name ?? 'Student'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const student = await found(getStudent(db, id));
  const [sessions, engagements, history] = await Promise.all([
    sessionsOf(db, clock(), { studentIds: [id] }),
    engagementsOf(args.context, user, { studentIds: [id] }),
    listAudit(db, { subjectType: 'student', subjectId: id, visibilities: visibilitiesOf(user), limit: 20 }),
  ]);
  const custom = await customOf(db, 'student', id, officeAudience(user));
  const guardians = await listGuardians(db, id);
  const pinned = await pinnedNotesOf(args.context, user, { studentId: id });
  const checklist = await checklistOf(db, 'student', id, clock());
  return {
    student,
    sessions,
    engagements,
    history: history.map(historyLine),
    pinned,
    checklist,
    custom,
    guardians,
    exclusions: await listExclusions(db, id),
    conversations: await listConversations(db, clock(), { of: { studentIds: [id] }, userId: user.id, limit: 10 }),
    mayInvite: can(user, 'users.manage'),
    requests: await requestsOf(args.context, { studentIds: [id] }),
    tasks: await tasksOf(args.context, user, { kind: 'student', id }),
    goals: await goalsOf(db, id, (await readerFor(user, args.context)).reader),
    makeUps: await makeUpsOf(args.context, user, id),
    mailWishes: await mailWishesOf(args.context, { type: 'student', id }),
    sent: await mailsSentTo(args.context, user, { type: 'student', id }),
  };
}

export const action = (args: ActionFunctionArgs) => personAction(args, { type: 'student', get: getStudent });

export default function Student() {
  const { student, sessions, engagements, history, mayInvite } = useLoaderData<typeof loader>();
  const { pinned, custom, guardians, exclusions } = useLoaderData<typeof loader>();
  const { requests, tasks } = useLoaderData<typeof loader>();
  const { checklist } = useLoaderData<typeof loader>();
  const { mailWishes, goals, sent, conversations } = useLoaderData<typeof loader>();
  const { makeUps } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const archived = student.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={<RecordTitle name={student.name} archived={archived} />}
        back={{ to: '/office/students', label: 'Students' }}
        actions={
          <>
            <ArchiveButton
              archived={archived}
              consequence="The student can't be booked any more. Past sessions and notes stay."
            />
            {archived ? null : <InstantButton to={`/office/sessions/instant?student=${student.id}`} />}
            <Button component={Link} to="edit">
              Edit
            </Button>
          </>
        }
      />
      <PersonTabs type="student" id={student.id} />
      <ToldAlert told={told ?? undefined} />
      <PinnedNotes notes={pinned} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Facts">
            <Facts
              rows={[
                ['Reference', student.ref],
                [
                  'Client',
                  <Anchor key="client" component={Link} to={`/office/clients/${student.clientId}`} size="sm">
                    {student.clientName}
                  </Anchor>,
                ],
                ['Grade', student.grade],
                ['Tags', student.tags.map((tag) => tag.name).join(', ')],
                ['E-mail', student.email],
                ['Time zone', student.timezone?.replaceAll('_', ' ')],
                ['Notes', student.notes],
              ]}
            />
          </Panel>
          <CustomPanel custom={custom} />
          <GuardiansPanel studentId={student.id} guardians={guardians} />
          <ChecklistPanel of="student" personId={student.id} lines={checklist} />
          <MailWishesPanel wishes={mailWishes} to={`/office/students/${student.id}`} />
          <SentToPanel sent={sent} />
          <SignInPanel
            userEmail={student.userEmail}
            accepted={student.userAccepted}
            email={student.email}
            mayInvite={mayInvite}
            archived={archived}
            sees="their own sessions and notes"
          />
        </RecordColumn>
        <RecordColumn>
          <RequestsPanel requests={requests} of="student" add={`/office/requests/new?student=${student.id}`} />
          <TasksPanel tasks={tasks} />
          <GoalsPanel goals={goals} to={`/office/students/${student.id}/goals`} />
          <MakeUpsPanel studentId={student.id} makeUps={makeUps} />
          <EngagementsPanel engagements={engagements} of="student" add={`/office/engagements/new?student=${student.id}`} />
          <ConversationsPanel conversations={conversations} />
          <ExclusionsPanel studentId={student.id} exclusions={exclusions} />
          <SessionsPanels sessions={sessions} of="student" book={`/office/sessions/new?student=${student.id}`} />
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
