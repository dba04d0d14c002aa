import { Anchor, Button, Radio, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { archiveCourse } from '#app/domain/groups/edit-course.server.ts';
import { enrolInCourse, enrolInCourseSchema } from '#app/domain/groups/enrol-in-course.server.ts';
import { leaveCourse, leaveCourseSchema } from '#app/domain/groups/leave-course.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { loadCourse } from '../group-pages/load-course.server.ts';
import { waitingAction } from '../group-pages/waiting-action.server.ts';
import { StudentForm, WaitingList } from '../group-pages/waiting-list.tsx';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { answerForm, textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { Enrolments } from './enrolments.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.course.name ?? 'Course'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'session.list');
  const { context } = args;
  const { organisation, reader } = await readerFor(user, context);
  return loadCourse({ context, organisation, reader }, recordIdOf(args.params));
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'session.book');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const { organisation, reader } = await readerFor(user, context);
  const { course } = await loadCourse({ context, organisation, reader }, id);
  const actor = actorOf(user, context);
  const form = await request.formData();
  const on = { reader, page: `/office/courses/${id}` };
  const { db } = context;
  switch (textOf(form, 'intent')) {
    case 'enrol':
      return answerForm(on, form, async () => {
        const input = enrolInCourseSchema.parse({
          courseId: id,
          studentId: textOf(form, 'studentId'),
          ...(form.has('price') ? { price: textOf(form, 'price') } : {}),
        });
        await enrolInCourse(db, context, actor, input);
      });
    case 'leave':
      return answerForm(on, form, async () => {
        const said = { by: textOf(form, 'by'), reasonId: textOf(form, 'reasonId'), reason: textOf(form, 'reason') };
        await leaveCourse(db, context, actor, leaveCourseSchema.parse({ ...said, enrolmentId: textOf(form, 'enrolmentId') }));
      });
    case 'archive':
    case 'restore':
      return answerForm(on, form, () => archiveCourse(db, context, actor, { id, archived: form.get('intent') === 'archive' }));
    default: {
      const act = waitingAction(context, actor, { seriesId: course.seriesId }, form);
      return act ? answerForm(on, form, act, '#waiting') : redirect(on.page);
    }
  }
}

type Row = Awaited<ReturnType<typeof loader>>['sessions'][number];

const columns: Column<Row>[] = [
  {
    key: 'when',
    header: 'When',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={row.href} size="sm" className="tabular">
        {row.when}
      </Anchor>
    ),
  },
  { key: 'coming', header: 'Students', align: 'right', cell: (row) => row.coming },
  { key: 'status', header: 'Status', cell: (row) => <SessionMark status={row.status} /> },
];

export default function Course() {
  const { course, prices, enrolments, waiting, sessions, students, reasons } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const errorOf = (intent: string) =>
    answer?.intent === intent ? (answer.problem.errors.studentId ?? answer.problem.errors.studentIds) : undefined;
  return (
    <>
      <PageHeader
        title={<RecordTitle name={course.name} archived={course.archived} />}
        back={{ to: '/office/courses', label: 'Courses' }}
        description={`${course.subject} with ${course.tutor.name}`}
        actions={
          <>
            <ArchiveButton
              archived={course.archived}
              consequence="Nobody can enrol any more. Its sessions stay planned: cancel those that don’t take place."
            />
            <Button component={Link} to="edit">
              Edit
            </Button>
          </>
        }
      />
      <Stack gap="md">
        <ProblemAlert problem={answer?.problem} />
        <RecordColumns>
          <RecordColumn>
            <Panel title="Enrolled" aside={course.full ? <StatusBadge label="Full" tone="attention" /> : course.places}>
              <Enrolments enrolments={enrolments} reasons={reasons} />
              {course.archived || course.over || course.full ? (
                course.full && !course.over ? (
                  <Text size="sm" c="dimmed">
                    All places are taken. Put who comes next on the waiting list.
                  </Text>
                ) : null
              ) : (
                <StudentForm intent="enrol" students={students} error={errorOf('enrol')} submit="Enrol">
                  {prices ? (
                    <Radio.Group name="price" label="It has begun: what is it sold for?" defaultValue="pro_rata" size="xs">
                      <Stack gap={6} mt={6}>
                        <Radio size="xs" value="pro_rata" label={`${prices.part}: ${prices.left} of ${prices.all} sessions`} />
                        <Radio size="xs" value="full" label={`${prices.full}: the whole price`} />
                      </Stack>
                    </Radio.Group>
                  ) : null}
                </StudentForm>
              )}
            </Panel>
            <div id="waiting">
              <Panel title="Waiting list">
                <WaitingList
                  waiting={waiting}
                  students={students}
                  error={errorOf('wait')}
                  empty="Nobody waits. When a place gets free, whoever waits longest is first; nobody is placed unless you do it."
                />
              </Panel>
            </div>
          </RecordColumn>
          <RecordColumn>
            <Panel title="Facts">
              <Facts
                rows={[
                  ['Price', course.price],
                  ['Places taken', course.places],
                  ['Sessions', course.sessions],
                  ['Last day to enrol', course.enrolUntil],
                  ['Public page', course.inStorefront ? 'Offered there' : 'Not offered there'],
                  ['Program', course.program.name],
                  [
                    'Tutor',
                    <Anchor key="tutor" component={Link} to={`/office/tutors/${course.tutor.id}`} size="sm">
                      {course.tutor.name}
                    </Anchor>,
                  ],
                  ['Description', course.description],
                ]}
              />
            </Panel>
            <Panel title="Sessions">
              <DataTable caption="Sessions of the course" columns={columns} rows={sessions} rowKey={(row) => row.id} />
            </Panel>
          </RecordColumn>
        </RecordColumns>
      </Stack>
    </>
  );
}
