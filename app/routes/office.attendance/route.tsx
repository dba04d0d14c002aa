import { Alert, Button, Group, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { closeOutOutcomes } from '#app/domain/billing/outcomes.ts';
import { listSheet, SHEET_MOST } from '#app/domain/closeout/attendance-sheet.server.ts';
import { closeOutSheet, type SheetInput } from '#app/domain/closeout/close-out-sheet.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { addDays, isLocalDate, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import styles from './attendance.module.css';
import { SheetChoice } from './sheet-choice.tsx';
import { SheetSessionCard } from './sheet-session.tsx';
import { viewSheet } from './sheet-view.ts';

const HELP = {
  text: 'Who came to which session of the day, at a glance. A student may be marked as not come once the tutor has waited as long as your rules say.',
  about: 'office/cancelling',
} as const;

/** The office's day, wherever the reader is. */
function askedOf(request: Request, zone: string, now: Date) {
  const params = new URL(request.url).searchParams;
  const asked = params.get('date') ?? '';
  const program = params.get('program') ?? '';
  const today = localDateOf(now, zone);
  return { date: isLocalDate(asked) ? asked : today, programId: isId(program) ? program : '', today };
}

const linkTo = (date: string, programId: string) =>
  `/office/attendance?${new URLSearchParams({ date, ...(programId ? { program: programId } : {}) })}`;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { organisation, reader } = await readerFor(user, context);
  const { date, programId, today } = askedOf(request, organisation.timezone, reader.now);
  const [sessions, programs] = await Promise.all([
    listSheet(context.db, {
      from: startOfDay(date, organisation.timezone),
      to: startOfDay(addDays(date, 1), organisation.timezone),
      programId: programId || undefined,
    }),
    listProgramChoices(context.db, programId),
  ]);
  const dayText = new Intl.DateTimeFormat(reader.locale, { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  );
  const done = Number(new URL(request.url).searchParams.get('done') ?? 0);
  return {
    date,
    programId,
    dayText,
    isToday: date === today,
    before: linkTo(addDays(date, -1), programId),
    after: linkTo(addDays(date, 1), programId),
    todayLink: linkTo(today, programId),
    done: Number.isInteger(done) && done > 0 ? done : 0,
    cut: sessions.length === SHEET_MOST ? sessions.length : null,
    company: organisation.name,
    programs,
    sheet: viewSheet(sessions, reader),
  };
}

interface Answer {
  message: string;
  /** Why a session was refused, and what was marked of its students, by their ids. */
  refused: Record<string, string>;
  marked: Record<string, Record<string, string>>;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { organisation, reader } = await readerFor(user, context);
  const { date, programId } = askedOf(request, organisation.timezone, reader.now);
  const form = await request.formData();
  const sheet = readSheet(form);
  if (sheet.length === 0) {
    return data<Answer>({ message: 'Tick the sessions that took place first.', refused: {}, marked: {} }, { status: 400 });
  }
  const { done, refused } = await closeOutSheet(context.db, context, actorOf(user, context), sheet);
  if (refused.length === 0) return redirect(`${linkTo(date, programId)}&done=${done.length}`);
  const saved = done.length === 0 ? 'Nothing was closed out' : `${done.length} closed out`;
  return data<Answer>(
    {
      message: `${saved}; ${refused.length === 1 ? '1 session was refused' : `${refused.length} sessions were refused`}. The reason stands at each.`,
      refused: Object.fromEntries(refused.map(({ sessionId, error }) => [sessionId, error.message])),
      marked: Object.fromEntries(
        sheet.map((one) => [
          one.sessionId,
          Object.fromEntries(one.attendance.map((row) => [row.studentId, row.outcome as string])),
        ]),
      ),
    },
    { status: 409 },
  );
}

/** The ticked sessions with what was marked of each student; a field is named by both. */
function readSheet(form: FormData): SheetInput[] {
  const ticked = new Set(form.getAll('session').filter((id): id is string => typeof id === 'string' && isId(id)));
  const sheet = [...ticked].slice(0, SHEET_MOST).map((sessionId): SheetInput => ({ sessionId, attendance: [] }));
  const byId = new Map(sheet.map((one) => [one.sessionId, one]));
  for (const [name, value] of form) {
    const [kind, sessionId = '', studentId] = name.split('.');
    const outcome = closeOutOutcomes.find((one) => one === value);
    if (kind === 'outcome' && isId(studentId) && outcome) byId.get(sessionId)?.attendance.push({ studentId, outcome });
  }
  return sheet;
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `Attendance, ${page?.dayText ?? ''} · Lectern` }];

export default function Attendance() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const open = page.sheet.some((program) => program.sessions.some((session) => session.open));
  return (
    <>
      <PageHeader
        help={HELP}
        title="Attendance"
        description={page.dayText}
        actions={
          <>
            <Group component="nav" gap={6} aria-label="Days" wrap="nowrap">
              <Button component={Link} to={page.before} variant="default" px="xs" aria-label="The day before">
                <IconChevronLeft size={18} aria-hidden />
              </Button>
              <Button component={Link} to={page.todayLink} variant="default" aria-current={page.isToday ? 'date' : undefined}>
                Today
              </Button>
              <Button component={Link} to={page.after} variant="default" px="xs" aria-label="The day after">
                <IconChevronRight size={18} aria-hidden />
              </Button>
            </Group>
            <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
              Print
            </Button>
          </>
        }
      />
      <SheetChoice date={page.date} programId={page.programId} programs={page.programs} />
      {answer ? (
        <Alert color="red" role="alert" title={answer.message} mb="md" className="no-print" />
      ) : page.done > 0 ? (
        <Alert
          color="green"
          role="status"
          title={page.done === 1 ? '1 session is closed out' : `${page.done} sessions are closed out`}
          mb="md"
          className="no-print"
        />
      ) : null}
      {page.sheet.length === 0 ? (
        <EmptyState
          title="Nothing takes place on this day"
          text="The sheet lists a day’s sessions by program: who comes, whom to ring, and what took place. It can be printed for signatures."
        />
      ) : (
        <Form
          method="post"
          action={`/office/attendance?${new URLSearchParams({ date: page.date, program: page.programId })}`}
          key={`${page.date} ${page.programId}`}
        >
          {page.sheet.map((program) => (
            <section key={program.id} aria-labelledby={`program-${program.id}`} className={styles.program}>
              <h2 id={`program-${program.id}`}>{program.name}</h2>
              <p className={styles.printed}>
                {page.company} · {page.dayText}
              </p>
              <ul className={styles.sessions}>
                {program.sessions.map((session) => (
                  <SheetSessionCard
                    key={session.id}
                    session={session}
                    refusal={answer?.refused[session.id]}
                    marked={answer?.marked[session.id]}
                  />
                ))}
              </ul>
            </section>
          ))}
          {page.cut ? <Text size="sm">Only the first {page.cut} are shown: choose a program.</Text> : null}
          {open ? (
            <div className={`${styles.bar} no-print`}>
              <SubmitButton>Close out the ticked sessions</SubmitButton>
              <Text size="sm" c="dimmed">
                At their planned time and length. For anything else open the session.
              </Text>
            </div>
          ) : null}
        </Form>
      )}
    </>
  );
}
