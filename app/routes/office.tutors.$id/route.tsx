import { Anchor, Button } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { shortestDecimal } from '#app/domain/organisation/policies.ts';
import { getTutorPay } from '#app/domain/people/money-of.server.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { getHoursSummary } from '#app/domain/scheduling/availability-queries.server.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
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
import { HoursPanel } from './hours-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.tutor.name ?? 'Tutor'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const tutor = await found(getTutor(db, id));
  const [sessions, engagements, history, pay, hours] = await Promise.all([
    sessionsOf(db, clock(), { tutorId: id }),
    engagementsOf(args.context, user, { tutorId: id }),
    listAudit(db, { subjectType: 'tutor', subjectId: id, limit: 20 }),
    can(user, 'pay.manage') ? getTutorPay(db, id) : null,
    getHoursSummary(db, { tutorId: id, zone: tutor.timezone, now: clock() }),
  ]);
  const pinned = await pinnedNotesOf(args.context, user, { tutorId: id });
  const { maxHoursPerWeek, ...facts } = tutor;
  return {
    tutor: { ...facts, maxHoursPerWeek: maxHoursPerWeek && shortestDecimal(maxHoursPerWeek) },
    sessions,
    engagements,
    history: history.map(historyLine),
    pay,
    hours,
    pinned,
    mayInvite: can(user, 'users.manage'),
  };
}

export const action = (args: ActionFunctionArgs) => personAction(args, { type: 'tutor', get: getTutor });

export default function Tutor() {
  const { tutor, sessions, engagements, history, pay, hours, mayInvite } = useLoaderData<typeof loader>();
  const { pinned } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const archived = tutor.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={<RecordTitle name={tutor.name} archived={archived} />}
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
          <Panel title="Facts">
            <Facts
              rows={[
                ['Reference', tutor.ref],
                ['E-mail', tutor.email],
                ['Phone', tutor.phone],
                ['Time zone', tutor.timezone.replaceAll('_', ' ')],
                [
                  'Subjects',
                  tutor.subjects
                    .map((subject) => (subject.level ? `${subject.name} (${subject.level})` : subject.name))
                    .join('\n'),
                ],
                ['Between sessions', tutor.bufferMinutes > 0 ? `${tutor.bufferMinutes} minutes free` : 'No time kept free'],
                ['Hours a week', tutor.maxHoursPerWeek ? `${tutor.maxHoursPerWeek} at most` : 'No limit'],
                [
                  'Own room',
                  tutor.personalRoomUrl ? (
                    <Anchor key="room" href={tutor.personalRoomUrl} target="_blank" rel="noreferrer" size="sm">
                      {tutor.personalRoomUrl}
                    </Anchor>
                  ) : null,
                ],
                ['Notes', tutor.notes],
              ]}
            />
          </Panel>
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
