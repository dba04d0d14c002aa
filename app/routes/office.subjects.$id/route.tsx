import { Anchor, List, Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { editSubject } from '#app/domain/organisation/edit-subject.server.ts';
import { getSubject } from '#app/domain/organisation/program-queries.server.ts';
import { subjectEditSchema } from '#app/domain/organisation/subject.schema.ts';
import { fullName } from '#app/domain/people/names.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { archiveAction } from '../record-forms/archive-action.server.ts';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { SubjectForm } from '../record-forms/subject-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.subject.name ?? 'Subject'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const { tutors, ...subject } = await found(getSubject(db, id));
  const history = await listAudit(db, { subjectType: 'subject', subjectId: id, limit: 20 });
  return {
    subject,
    tutors: tutors.map((tutor) => ({ id: tutor.id, name: fullName(tutor), levels: tutor.levels.join(', ') })),
    history: history.map(historyLine),
    mayWrite: can(user, 'program.write'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'program.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const actor = actorOf(user, context);
  const form = await request.formData();
  const archived = await archiveAction(context, actor, { kind: 'subject', id }, form.get('intent'));
  if (archived !== undefined) return archived;
  const read = readRecord(subjectEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editSubject(context.db, context, actor, read.value);
    return redirect('/office/subjects');
  } catch (error) {
    return refusedRecord(error, form, async () => ({ name: [(await getSubject(context.db, id)).name] }));
  }
}

export default function Subject() {
  const { subject, tutors, history, mayWrite } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const answer = answered && 'errors' in answered ? answered : undefined;
  const told = answered && !('errors' in answered) ? answered : undefined;
  const archived = subject.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={<RecordTitle name={subject.name} archived={archived} />}
        back={{ to: '/office/subjects', label: 'Subjects' }}
        actions={
          mayWrite ? (
            <ArchiveButton archived={archived} consequence="It can't be chosen for new sessions. Those that are booked stay." />
          ) : undefined
        }
      />
      <ToldAlert told={told} />
      <RecordColumns>
        <RecordColumn>
          {mayWrite ? (
            <Panel title="Rename">
              <SubjectForm initial={{ name: [subject.name] }} version={subject.version} answer={answer} submit="Save" />
            </Panel>
          ) : null}
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Tutors who teach it">
            {tutors.length === 0 ? (
              <Text size="sm" c="dimmed">
                Nobody yet. Tick it on a tutor’s page, under Edit.
              </Text>
            ) : (
              <List size="sm" listStyleType="none" spacing={4}>
                {tutors.map((tutor) => (
                  <List.Item key={tutor.id}>
                    <Anchor component={Link} to={`/office/tutors/${tutor.id}`} size="sm">
                      {tutor.name}
                    </Anchor>
                    {tutor.levels ? `, ${tutor.levels}` : ''}
                  </List.Item>
                ))}
              </List>
            )}
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
