import { randomUUID } from 'node:crypto';
import { Anchor, Button, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { can } from '#app/auth/can.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { addStudent, addStudentSchema } from '#app/domain/groups/add-student.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { listSessionsOfSeries } from '#app/domain/series/queries.server.ts';
import { removeStudentFromSeries, removeStudentSchema } from '#app/domain/series/remove-student-from-series.server.ts';
import { acceptSkippedDay, bookSkippedDay } from '#app/domain/series/settle-skipped-day.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { minutesText } from '#app/ui/session-length.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { dateText } from '../series-pages/date-text.ts';
import { timesText } from '../series-pages/day-view.ts';
import { loadSeries } from '../series-pages/load-series.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { SessionsPanel } from './sessions-panel.tsx';
import { SkipsPanel } from './skips-panel.tsx';
import { StudentsPanel } from './students-panel.tsx';
import { viewHistory, viewSessions, viewSkips } from './view-series.ts';

const SHOWN = 12;

/** So many sessions to begin at are offered. */
const OFFERED = 60;

/** Who is not in the series, or not any more. */
const others = (
  students: readonly { id: string; name: string }[],
  members: readonly { studentId: string; toOn: string | null }[],
) =>
  students
    .filter(({ id }) => !members.some((member) => member.studentId === id && member.toOn === null))
    .map(({ id, name }) => ({ id, name }));

export async function loader(args: LoaderFunctionArgs) {
  const { user, series, reader, context, title, rule } = await loadSeries(args, 'session.list');
  const all = new URL(args.request.url).searchParams.get('all') === '1';
  const [rows, log, coming, { students }] = await Promise.all([
    listSessionsOfSeries(context.db, { seriesId: series.id, from: all ? undefined : reader.now, limit: all ? 1000 : SHOWN + 1 }),
    listAudit(context.db, { subjectType: 'series', subjectId: series.id, limit: 50 }),
    listSessionsOfSeries(context.db, { seriesId: series.id, from: reader.now, limit: OFFERED }),
    listBookingChoices(context.db),
  ]);
  const today = localDateOf(reader.now, series.zone);
  const open = series.untilOn === null && series.occurrences === null;
  return {
    id: series.id,
    title,
    rule,
    all,
    more: !all && rows.length > SHOWN,
    formId: randomUUID(),
    ended: series.endedAt !== null,
    open: open && series.endedAt === null,
    facts: {
      length: minutesText(series.durationMinutes),
      from: dateText(series.startsOn, reader.locale),
      zone: reader.zone === series.zone ? '' : series.zone.replaceAll('_', ' '),
      tutor: { id: series.tutorId, name: series.tutorName },
      subject: series.subjectName,
      program: { id: series.programId, name: series.programName },
      where:
        series.mode === 'online'
          ? 'Online'
          : ([series.roomName, series.placeName, series.location].filter(Boolean)[0] ?? 'In person'),
      billable: series.billable ? '' : 'No',
      plannedTo: open && series.endedAt === null && series.rolledTo ? dateText(series.rolledTo, reader.locale) : '',
      description: series.description,
    },
    course: series.courseId ? { id: series.courseId, name: series.courseName ?? '' } : null,
    former: series.cutFromId ? { id: series.cutFromId, ref: series.formerRef ?? '' } : null,
    continued: series.continued.map(({ id, startsOn }) => ({ id, from: dateText(startsOn, reader.locale) })),
    members: series.members.map((member) => ({
      studentId: member.studentId,
      name: member.name,
      clientName: member.clientName,
      from: member.fromOn > today ? dateText(member.fromOn, reader.locale) : null,
      to: member.toOn ? dateText(member.toOn, reader.locale) : null,
      over: member.toOn !== null && member.toOn < today,
    })),
    coming: coming
      .filter((row) => row.status === 'scheduled')
      .map((row) => ({ id: row.id, date: row.originalDate, text: timesText(reader, row) })),
    students: series.programCapacity > 1 || (series.capacity ?? 1) > 1 ? others(students, series.members) : [],
    sessions: viewSessions(rows.slice(0, all ? undefined : SHOWN), reader),
    skips: viewSkips(series, reader, today),
    history: viewHistory(log, reader.locale),
    may: { change: can(user, 'session.edit') && series.endedAt === null },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { series, reader, actor, context } = await loadSeries(args, 'session.edit');
  const form = await args.request.formData();
  const [date, page] = [textOf(form, 'date'), `/office/series/${series.id}`];
  try {
    switch (textOf(form, 'intent')) {
      case 'accept-skip':
        await acceptSkippedDay(context.db, actor, { seriesId: series.id, date });
        return redirect(page);
      case 'book-skip': {
        const id = textOf(form, 'formId');
        const wallStart = textOf(form, 'wallStart').slice(0, 16);
        await bookSkippedDay(context.db, context, actor, {
          seriesId: series.id,
          date,
          wallStart,
          id: isId(id) ? id : randomUUID(),
        });
        return redirect(page);
      }
      case 'join':
        await addStudent(
          context.db,
          context,
          actor,
          addStudentSchema.parse({ sessionId: textOf(form, 'sessionId'), studentId: textOf(form, 'studentId'), scope: 'future' }),
        );
        return redirect(page);
      case 'leave':
        await removeStudentFromSeries(
          context.db,
          context,
          actor,
          removeStudentSchema.parse({
            seriesId: series.id,
            studentId: textOf(form, 'studentId'),
            from: textOf(form, 'from'),
            by: textOf(form, 'by'),
            reason: textOf(form, 'reason'),
          }),
        );
        return redirect(page);
      default:
        return data(null, { status: 400 });
    }
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ problem }, { status });
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.title ?? 'Series'} · Lectern` }];

export default function SeriesPage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const { facts } = page;
  return (
    <>
      <PageHeader
        back={{ to: '/office/series', label: 'Series' }}
        title={
          <>
            {page.title}{' '}
            {page.ended ? <StatusBadge tone="quiet" label="Ended" /> : page.open ? <StatusBadge label="Goes on" /> : null}
          </>
        }
        description={page.rule}
        actions={
          page.may.change ? (
            <>
              <Button component={Link} to={`/office/series/${page.id}/cancel`} variant="default">
                Stop
              </Button>
              <Button component={Link} to={`/office/series/${page.id}/pause`} variant="default">
                Pause
              </Button>
              <Button component={Link} to={`/office/series/${page.id}/edit`}>
                Change
              </Button>
            </>
          ) : null
        }
      />
      <ProblemAlert problem={answer?.problem} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="About">
            <Facts
              rows={[
                ['From', facts.from],
                ['Length', facts.length],
                ['Time zone', facts.zone],
                [
                  'Tutor',
                  <Anchor key="tutor" component={Link} to={`/office/tutors/${facts.tutor.id}`} size="sm">
                    {facts.tutor.name}
                  </Anchor>,
                ],
                ['Subject', facts.subject],
                [
                  'Program',
                  <Anchor key="program" component={Link} to={`/office/programs/${facts.program.id}`} size="sm">
                    {facts.program.name}
                  </Anchor>,
                ],
                ['Where', facts.where],
                ['Billable', facts.billable],
                ['Planned until', facts.plannedTo],
                [
                  'Course',
                  page.course ? (
                    <Anchor key="course" component={Link} to={`/office/courses/${page.course.id}`} size="sm">
                      {page.course.name}
                    </Anchor>
                  ) : null,
                ],
                [
                  'Before',
                  page.former ? (
                    <Anchor key="former" component={Link} to={`/office/series/${page.former.id}`} size="sm">
                      the series it goes on from
                    </Anchor>
                  ) : null,
                ],
                ...page.continued.map((next): [string, JSX.Element] => [
                  `From ${next.from}`,
                  <Anchor key={next.id} component={Link} to={`/office/series/${next.id}`} size="sm">
                    goes on as another series
                  </Anchor>,
                ]),
                ['Description', facts.description],
              ]}
            />
          </Panel>
          <StudentsPanel
            members={page.members}
            students={page.students}
            sessions={page.coming}
            course={page.course}
            may={page.may.change}
          />
        </RecordColumn>
        <RecordColumn>
          <Panel title={page.all ? 'All sessions' : 'Next sessions'} aside={<AllOrNext all={page.all} />}>
            {page.sessions.length > 0 ? (
              <SessionsPanel sessions={page.sessions} caption="Sessions of the series" />
            ) : (
              <Text size="sm" c="dimmed">
                {page.all ? 'No session was ever planned.' : 'Nothing is still to come.'}
              </Text>
            )}
            {page.more ? (
              <Anchor component={Link} to="?all=1" size="sm">
                All sessions of the series
              </Anchor>
            ) : null}
          </Panel>
          <SkipsPanel skips={page.skips} formId={page.formId} may={page.may.change} />
          <Panel title="History">
            <RecordHistory lines={page.history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}

function AllOrNext({ all }: { all: boolean }) {
  return (
    <Anchor component={Link} to={all ? '.' : '?all=1'} size="sm" preventScrollReset>
      {all ? 'Only the next' : 'All'}
    </Anchor>
  );
}
