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

  const { mailWishes, goals, sent, conversations } = useLoaderData<typeof loader>();
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
