import { Button, Group, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { listGoals } from '#app/domain/goals/queries.server.ts';
import { listHomeworkToDo, listProgress, sumAttendance } from '#app/domain/progress/progress-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Section } from '#app/ui/session-sections.tsx';
import { answerHomework } from '../progress-pages/answer-homework.server.ts';
import { AttendanceFigures } from '../progress-pages/attendance-figures.tsx';
import { ChildSwitcher } from '../progress-pages/child-switcher.tsx';
import { familyPupils } from '../progress-pages/family-pupils.server.ts';
import { GoalsSection } from '../progress-pages/goals-section.tsx';
import { HomeworkForm } from '../progress-pages/homework-form.tsx';
import styles from '../progress-pages/progress.module.css';
import { ProgressEntryItem } from '../progress-pages/progress-entry.tsx';
import { stillToDo, viewProgress } from '../progress-pages/progress-view.ts';
import { viewGoals } from '../progress-pages/view-goals.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';

const HELP = {
  text: 'Notes of the tutor, homework to tick off, and how far the goals are over time.',
  about: 'family/progress',
} as const;

const PAGE_SIZE = 10;
const A_YEAR = 365 * 24 * 3_600_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { pupils, pupil, reader } = await familyPupils({ request, context });
  const { db } = context;
  const asked = Number(new URL(request.url).searchParams.get('page') ?? '1');
  const page = Number.isInteger(asked) && asked > 0 && asked < 10_000 ? asked : 1;
  if (pupil === null) return { pupils, pupil, page, more: false, toDo: [], entries: [], attendance: [], goals: null };
  const of = { studentIds: [pupil.id] };
  const rules = await getCloseOutRules(db);
  const yearAgo = new Date(reader.now.getTime() - A_YEAR);
  const [toDo, entries, attendance, goals] = await Promise.all([
    rules.families_see_homework ? listHomeworkToDo(db, { ...of, since: stillToDo(reader.now), limit: 50 }) : [],
    listProgress(db, { ...of, limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE }),
    sumAttendance(db, pupil.id, yearAgo),
    rules.families_see_goals ? listGoals(db, { ...of, sharedOnly: true }) : [],
  ]);
  const view = (entry: (typeof entries)[number]) => viewProgress(entry, reader, rules);
  return {
    pupils,
    pupil,
    page,
    more: entries.length > PAGE_SIZE,
    toDo: toDo.map(view),
    entries: entries.slice(0, PAGE_SIZE).map(view),
    attendance,
    goals: viewGoals(goals, reader, localDateOf(yearAgo, reader.zone)),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { user, reader } = await familyPupils({ request, context });
  const form = await request.formData();
  if (textOf(form, 'intent') !== 'homework') return data(null, { status: 400 });
  const { pathname, search } = new URL(request.url);
  return answerHomework({ context, user, reader, page: pathname + search }, form);
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `Progress${page?.pupil ? ` of ${page.pupil.name}` : ''} · Lectern` },
];

export default function FamilyProgress() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const { pupil, pupils, toDo, entries } = page;
  if (pupil === null)
    return (
      <>
        <PageHeader help={HELP} title="Progress" />
        <EmptyState
          title="There is no student yet"
          text="Once the office has entered a student, what was done in each lesson, the homework and the goals stand here."
        />
      </>
    );
  const to = (student: string, number: number) => `?student=${student}${number > 1 ? `&page=${number}` : ''}`;
  return (
    <>
      <PageHeader help={HELP} title="Progress" description={pupils.length > 1 ? undefined : pupil.name} />
      <ChildSwitcher pupils={pupils} chosen={pupil.id} to={(id) => to(id ?? '', 1)} />
      <Stack gap="xl">
        {toDo.length > 0 ? (
          <Section id="to-do" title="Homework to do">
            <ul className={styles.homeworks}>
              {toDo.map((entry) => (
                <li key={entry.key}>
                  <Text size="sm" mb={4}>
                    {entry.subject} with {entry.tutorName}, {entry.day}
                  </Text>
                  {entry.homework ? <HomeworkForm homework={entry.homework} answer={answer} /> : null}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        {page.goals ? <GoalsSection goals={page.goals} /> : null}
        <Section id="attendance" title="Attendance">
          <Text size="sm" c="dimmed" mb="sm">
            In the last twelve months
          </Text>
          <AttendanceFigures sums={page.attendance} />
        </Section>
        <Section id="lessons" title="Lesson by lesson">
          {entries.length === 0 ? (
            <EmptyState
              title="Nothing is written down yet"
              text="After each lesson you read here what was done, how it went, and what to do until the next."
              action={{ to: '/family/sessions', label: 'What is planned' }}
            />
          ) : (
            <ul className={styles.entries}>
              {entries.map((entry) => (
                <ProgressEntryItem
                  key={entry.key}
                  // What is still to do stands above, once.
                  entry={toDo.some(({ key }) => key === entry.key) ? { ...entry, homework: null } : entry}
                  answer={answer}
                />
              ))}
            </ul>
          )}
          {page.page > 1 || page.more ? (
            <Group component="nav" justify="center" mt="md" aria-label="Pages of the list">
              {page.page > 1 ? (
                <Button component={Link} to={to(pupil.id, page.page - 1)} variant="default">
                  Newer
                </Button>
              ) : null}
              {page.more ? (
                <Button component={Link} to={to(pupil.id, page.page + 1)} variant="default">
                  Older
                </Button>
              ) : null}
            </Group>
          ) : null}
        </Section>
      </Stack>
    </>
  );
}
