import { Button } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { checklistOf } from '#app/domain/checklists/checklist-queries.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { customOf } from '#app/domain/fields/queries.server.ts';
import { listCaredFor } from '#app/domain/people/guardian-queries.server.ts';
import { getClientMoney } from '#app/domain/people/money-of.server.ts';
import { clientStatusNames } from '#app/domain/people/people-filter.ts';
import { getClient } from '#app/domain/people/queries.server.ts';
import { listLikelySame } from '#app/domain/storefront/likely-same.server.ts';
import { CustomPanel } from '#app/ui/custom-facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { ChecklistPanel } from '../checklist-pages/checklist-panel.tsx';
import { mailsSentTo } from '../mail-log/sent-to.server.ts';
import { SentToPanel } from '../mail-log/sent-to-panel.tsx';
import { MailWishesPanel } from '../mail-pages/mail-wishes-panel.tsx';
import { mailWishesOf } from '../mail-pages/person-mails.server.ts';
import { CaredForPanel } from '../person-pages/cared-for-panel.tsx';
import { visibilitiesOf } from '../person-pages/notes-page.server.ts';
import { PersonTabs } from '../person-pages/person-tabs.tsx';
import { pinnedNotesOf } from '../person-pages/pinned-notes.server.ts';
import { PinnedNotes } from '../person-pages/pinned-notes.tsx';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { personAction } from '../record-forms/person-action.server.ts';
import { sessionsOf } from '../record-forms/record-sessions.server.ts';
import { SessionsPanels } from '../record-forms/sessions-panels.tsx';
import { SignInPanel } from '../record-forms/sign-in-panel.tsx';
import { requestsOf } from '../request-pages/requests-of.server.ts';
import { RequestsPanel } from '../request-pages/requests-panel.tsx';
import { tasksOf } from '../task-pages/tasks-of.server.ts';
import { TasksPanel } from '../task-pages/tasks-panel.tsx';
import { ClientMoneyPanel } from './client-money-panel.tsx';
import { ClientStudents } from './client-students.tsx';
import { SameClient } from './same-client.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.client.name ?? 'Client'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const client = await found(getClient(db, id));
  const [sessions, history, money, same] = await Promise.all([
    sessionsOf(db, clock(), { clientIds: [id] }),
    listAudit(db, { subjectType: 'client', subjectId: id, visibilities: visibilitiesOf(user), limit: 20 }),
    can(user, 'money.read') ? getClientMoney(db, id) : null,
    listLikelySame(db, id),
  ]);
  const custom = await customOf(db, 'client', id, officeAudience(user));
  const caredFor = await listCaredFor(db, id);
  const pinned = await pinnedNotesOf(args.context, user, { clientId: id });
  const checklist = await checklistOf(db, 'client', id, clock());
  return {
    client,
    sessions,
    history: history.map(historyLine),
    money,
    same,
    pinned,
    checklist,
    custom,
    caredFor,
    mayInvite: can(user, 'users.manage'),
    requests: await requestsOf(args.context, { clientId: id }),
    tasks: await tasksOf(args.context, user, { kind: 'client', id }),
    mailWishes: await mailWishesOf(args.context, { type: 'client', id }),
    sent: await mailsSentTo(args.context, user, { type: 'client', id }),
  };
}

export const action = (args: ActionFunctionArgs) => personAction(args, { type: 'client', get: getClient });

export default function Client() {
  const { client, sessions, history, money, same, mayInvite } = useLoaderData<typeof loader>();
  const { pinned, custom, caredFor } = useLoaderData<typeof loader>();
  const { requests, tasks } = useLoaderData<typeof loader>();
  const { checklist } = useLoaderData<typeof loader>();
  const { mailWishes, sent } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const archived = client.archivedAt !== null;
  const active = client.students.filter((student) => student.archivedAt === null);
  const book = new URLSearchParams(active.length === 1 && active[0] ? { student: active[0].id } : {});
  return (
    <>
      <PageHeader
        title={<RecordTitle name={client.name} archived={archived} />}
        back={{ to: '/office/clients', label: 'Clients' }}
        actions={
          <>
            <ArchiveButton
              archived={archived}
              consequence="The client leaves the lists. Invoices, payments and past sessions stay."
            />
            <Button component={Link} to="edit">
              Edit
            </Button>
          </>
        }
      />
      <PersonTabs type="client" id={client.id} />
      <ToldAlert told={told ?? undefined} />
      <SameClient source={client.source} same={same} />
      <PinnedNotes notes={pinned} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Facts">
            <Facts
              rows={[
                ['Reference', client.ref],
                ['Status', clientStatusNames[client.status]],
                ['Tags', client.tags.map((tag) => tag.name).join(', ')],
                ['E-mail', client.email],
                ['Phone', client.phone],
                ['Address', client.address],
                ['Time zone', client.timezone?.replaceAll('_', ' ')],
                [
                  'Billing',
                  client.billingName
                    ? `${client.billingName}${client.billingInstallId ? '' : ' (as the organisation)'}`
                    : 'Not set: choose one under Settings, Booking',
                ],
                ['Notes', client.notes],
              ]}
            />
          </Panel>
          <ClientStudents clientId={client.id} students={client.students} archived={archived} />
          <CaredForPanel students={caredFor} />
          {money ? <ClientMoneyPanel money={money} clientId={client.id} /> : null}
          <CustomPanel custom={custom} />
          <ChecklistPanel of="client" personId={client.id} lines={checklist} />
          <MailWishesPanel wishes={mailWishes} to={`/office/clients/${client.id}`} />
          <SentToPanel sent={sent} />
          <SignInPanel
            userEmail={client.userEmail}
            accepted={client.userAccepted}
            email={client.email}
            mayInvite={mayInvite}
            archived={archived}
            sees={
              client.students.length === 0 && caredFor.length > 0
                ? 'the lessons of whom they care for, and no money'
                : 'their family’s sessions, notes, invoices and credits'
            }
          />
        </RecordColumn>
        <RecordColumn>
          <RequestsPanel requests={requests} of="client" add={`/office/requests/new?client=${client.id}`} />
          <TasksPanel tasks={tasks} />
          <SessionsPanels sessions={sessions} of="client" book={`/office/sessions/new?${book}`} />
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
