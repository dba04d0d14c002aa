import { Alert, Anchor, Button, Text, Textarea, TextInput } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { endEngagement } from '#app/domain/engagements/end-engagement.server.ts';
import { engagementEndSchema } from '#app/domain/engagements/engagement.schema.ts';
import { getEngagement } from '#app/domain/engagements/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { beginningOf } from '../offer-pages/begin-of.server.ts';
import { BeginPanel } from '../offer-pages/begin-panel.tsx';
import { chasedText, viewEngagement } from '../planning-pages/engagement-view.ts';
import { RightsFacts } from '../planning-pages/rights-facts.tsx';
import { sessionsOf } from '../record-forms/record-sessions.server.ts';
import { SessionsPanels } from '../record-forms/sessions-panels.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.view.studentName ?? 'Engagement'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'engagement.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const { organisation, reader } = await readerFor(user, args.context);
  const row = await found(getEngagement(db, reader.now, id));
  const pair = { tutorId: row.tutorId, studentIds: [row.studentId], programId: row.programId };
  const [begin, sessions, history] = await Promise.all([
    beginningOf(args.context, reader, { engagementId: id }),
    sessionsOf(db, reader.now, pair),
    listAudit(db, { subjectType: 'engagement', subjectId: id, limit: 20 }),
  ]);
  return {
    view: viewEngagement(row, reader),
    client: { id: row.clientId, name: row.clientName },
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    ended: row.ended,
    minutes: row.defaultMinutes,
    notes: row.notes,
    chased: chasedText(row, reader),
    today: localDateOf(reader.now, organisation.timezone),
    begin,
    sessions,
    history: history.map(historyLine),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'engagement.manage');
  const { context } = args;
  const id = recordIdOf(args.params);
  const form = await args.request.formData();
  const read = readRecord(engagementEndSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm({ ...read.answer, message: Object.values(read.answer.errors)[0] });
  try {
    await endEngagement(context.db, context, actorOf(user, context), read.value);
    return null;
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function Engagement() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { view } = page;
  const book = `/office/sessions/new?tutor=${view.tutorId}&student=${view.studentId}`;
  const message = answer?.message ?? answer?.errors.endsOn;
  return (
    <>
      <PageHeader
        title={`${view.studentName} with ${view.tutorName}`}
        back={{ to: '/office/engagements', label: 'Engagements' }}
        description={`${view.subject}, ${view.program}`}
        actions={
          <>
            {page.ended ? null : (
              <ConfirmButton
                label="End"
                consequence="After its last day tutor and family can’t book by themselves any more. What is planned stays."
                confirm="End engagement"
              >
                <TextInput type="date" name="endsOn" label="Last day" defaultValue={page.endsOn ?? page.today} />
                <Textarea name="reason" label="Reason" rows={2} />
              </ConfirmButton>
            )}
            <Button component={Link} to="edit" variant="default">
              Edit
            </Button>
            <Button component={Link} to={book}>
              Book a session
            </Button>
          </>
        }
      />
      <ToldAlert told={message ? { message } : undefined} />
      {view.idle ? (
        <Alert color="yellow" variant="light" role="note" mb="md" title={view.state.label}>
          {page.chased ?? 'The tutor is reminded within the hour.'}
        </Alert>
      ) : null}
      <RecordColumns>
        <RecordColumn>
          <Panel title="Who may plan">
            <Facts rows={[['Who may schedule', view.who]]} />
            <RightsFacts rights={view.rights} />
          </Panel>
          <Panel title="Facts">
            <Facts
              rows={[
                [
                  'Student',
                  <Anchor key="student" component={Link} to={`/office/students/${view.studentId}`} size="sm">
                    {view.studentName}
                  </Anchor>,
                ],
                [
                  'Client',
                  <Anchor key="client" component={Link} to={`/office/clients/${page.client.id}`} size="sm">
                    {page.client.name}
                  </Anchor>,
                ],
                [
                  'Tutor',
                  <Anchor key="tutor" component={Link} to={`/office/tutors/${view.tutorId}`} size="sm">
                    {view.tutorName}
                  </Anchor>,
                ],
                ['State', <StatusBadge key="state" label={view.state.label} tone={view.state.tone} />],
                ['From', <LocalDate key="from" value={page.startsOn} />],
                ['Until', page.endsOn ? <LocalDate key="until" value={page.endsOn} /> : 'Open'],
                ['Booked this week', view.hours],
                ['Booked next week', view.hoursNext],
                ['Usual length', page.minutes ? `${page.minutes} minutes` : 'As the program'],
                ['Notes', page.notes],
              ]}
            />
          </Panel>
          <Panel title="History">
            <RecordHistory lines={page.history} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <BeginPanel begin={page.begin} />
          <SessionsPanels sessions={page.sessions} of="student" book={book} />
          <Text size="sm" c="dimmed">
            Sessions of this student with this tutor in this program.
          </Text>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
