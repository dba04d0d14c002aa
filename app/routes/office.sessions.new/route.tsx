import { randomUUID } from 'node:crypto';
import { Alert, Anchor, Button, Stack, Text, Title } from '@mantine/core';
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { isId } from '#app/domain/is-id.ts';
import { bookMakeUp } from '#app/domain/make-ups/book-make-up.server.ts';
import { listMakeUps } from '#app/domain/make-ups/make-up-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { REPEATS } from '#app/domain/scheduling/repeat.ts';
import { bookReplacement } from '#app/domain/scheduling/replace-session.server.ts';
import { getSession } from '#app/domain/scheduling/session-detail.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { found } from '#app/ui/record-param.server.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';
import { viewMakeUp } from '../policy-pages/make-up-view.ts';
import { customForm } from '../record-forms/read-custom.server.ts';
import { noRepeat } from '../series-pages/repeat-values.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { withCustom } from './booking-custom.server.ts';
import { BookingForm } from './booking-form.tsx';
import { bookingInput, canCheck, formField, newBooking, typedBooking } from './booking-values.ts';
import { checkInWords, rulesFor } from './check-booking.server.ts';
import { answerSeries } from './series-answer.server.ts';
import { SeriesPreview } from './series-preview.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'session.book');
  const { organisation, reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const tutorId = params.get('tutor') ?? '';
  const [choices, installs, custom] = await Promise.all([
    listBookingChoices(context.db, isId(tutorId) ? { tutorId } : {}),
    context.plugins.listInstalls(context.db, 'meeting'),
    customForm(context.db, { entity: 'session', audience: officeAudience(user) }),
  ]);
  const first = choices.programs.find((program) => program.kind === 'one_to_one') ?? choices.programs[0];
  const values = newBooking(params, {
    id: randomUUID(),
    date: localDateOf(reader.now, organisation.timezone),
    programId: first?.id ?? '',
    durationMinutes: String(first?.defaultDuration ?? 60),
  });
  const who = { user, context, organisation, reader };
  const booking = bookingInput(values, rulesFor(who));
  return {
    values,
    repeat: { ...noRepeat, repeat: REPEATS.find((repeat) => repeat === params.get('repeat')) ?? ('' as const) },
    replaces: await replacedInWords(context, reader, request),
    makesUp: await madeUpInWords(context, reader, request),
    check: 'input' in booking ? await checkInWords(who, booking.input) : null,
    choices: {
      ...choices,
      providers: installs
        .filter((install) => install.usable && install.pluginId !== 'meeting-in-person')
        .map(({ id, name }) => ({ id, name })),
    },
    custom: custom.fields,
    durations: organisation.durations,
    gridMinutes: organisation.gridMinutes,
    zoneText:
      reader.zone === organisation.timezone ? '' : ` (${organisation.timezone.split('/').at(-1)?.replaceAll('_', ' ')} time)`,
    ...rulesFor(who),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.book');
  const who = { user, context, ...(await readerFor(user, context)) };
  const form = await request.formData();
  const values = typedBooking(form);
  if (form.get('repeat')) return answerSeries(who, form, values);
  const booking = await withCustom(who, form, bookingInput(values, rulesFor(who)));
  if ('errors' in booking) {
    const problem = { message: 'This session can’t be booked yet.', errors: booking.errors, clashes: [] };
    return data({ values, problem, check: null }, { status: 400 });
  }
  // Booking checks everything again under its locks, so the dry run is for a page that is shown again.
  const check = async () => (canCheck(values) ? await checkInWords(who, booking.input) : null);
  if (form.get('intent') === 'check') return data({ values, problem: undefined, check: await check() }, { status: 200 });
  try {
    const replaces = replacedBy(request);
    const makeUpId = makeUpOf(request);
    const { sessionId } = makeUpId
      ? await bookMakeUp(context.db, context, actorOf(user, context), { ...booking.input, makeUpId })
      : replaces
        ? await bookReplacement(context.db, context, actorOf(user, context), { ...booking.input, replaces })
        : await bookSession(context.db, context, actorOf(user, context), booking.input);
    return redirect(`/office/sessions/${sessionId}`);
  } catch (error) {
    const { problem, status } = problemOf(error, who.reader);
    const errors = Object.fromEntries(Object.entries(problem.errors).map(([name, message]) => [formField(name), message]));
    return data({ values, problem: { ...problem, errors }, check: await check() }, { status });
  }
}

/** The make-up that the new session is for, from the address. */
function makeUpOf(request: Request): string | undefined {
  const id = new URL(request.url).searchParams.get('makeUp');
  return isId(id) ? id : undefined;
}

async function madeUpInWords(context: AppLoadContext, reader: Reader, request: Request) {
  const id = makeUpOf(request);
  const [row] = id ? await listMakeUps(context.db, { id }) : [];
  return row ? viewMakeUp(row, { reader, base: '/office/sessions' }) : null;
}

/** The cancelled session that the new one takes the place of, from the address. */
function replacedBy(request: Request): string | undefined {
  const id = new URL(request.url).searchParams.get('replaces');
  return isId(id) ? id : undefined;
}

async function replacedInWords(context: AppLoadContext, reader: Reader, request: Request) {
  const id = replacedBy(request);
  if (!id) return null;
  const session = await found(getSession(context.db, id));
  return {
    href: `/office/sessions/${id}`,
    text: `${session.title || session.subject.name}, ${whenOf(reader, session.startsAt, session.endsAt).long}`,
  };
}

/** Booked from a drawer, the form is as it was: loaded anew it would be another form. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction === '/office/board/book' ? false : defaultShouldRevalidate;

export const meta: MetaFunction = () => [{ title: 'Book a session · Lectern' }];

export default function NewSession() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { choices } = page;
  const series = answer && 'series' in answer ? answer.series : null;
  return (
    <Stack gap="lg">
      <Title order={1}>{series ? 'Book a series' : 'Book a session'}</Title>
      <Missing
        programs={choices.programs.length}
        subjects={choices.subjects.length}
        tutors={choices.tutors.length}
        students={choices.students.length}
      />
      {page.makesUp ? (
        <Alert variant="light" color="gray" role="note" title={`Makes up for a lesson that ${page.makesUp.student} missed`}>
          <Anchor component={Link} to={page.makesUp.missed.to} inherit underline="always">
            {page.makesUp.missed.text}
          </Anchor>
          , which then isn’t charged. At least {page.makesUp.minutes} minutes of {page.makesUp.program}, until{' '}
          {page.makesUp.until}; this one is charged as any.
        </Alert>
      ) : null}
      {page.replaces ? (
        <Alert variant="light" color="gray" role="note" title="In place of a session that was cancelled">
          <Anchor component={Link} to={page.replaces.href} inherit underline="always">
            {page.replaces.text}
          </Anchor>
          . Each page will lead to the other.
        </Alert>
      ) : null}
      {series ? (
        <SeriesPreview view={series} problem={answer?.problem} />
      ) : (
        <BookingForm
          key={page.values.id}
          {...page}
          values={answer?.values ?? page.values}
          problem={answer?.problem}
          check={answer ? answer.check : page.check}
          repeat={answer && 'repeat' in answer ? answer.repeat : page.repeat}
        />
      )}
    </Stack>
  );
}

/** What has to be there before anything can be booked, each with the way to it. */
function Missing({ programs, subjects, tutors, students }: Record<'programs' | 'subjects' | 'tutors' | 'students', number>) {
  const missing = [
    { count: programs, text: 'a program', to: '/office/programs/new' },
    { count: subjects, text: 'a subject', to: '/office/subjects' },
    { count: tutors, text: 'a tutor', to: '/office/tutors/new' },
    { count: students, text: 'a student', to: '/office/students/new' },
  ].filter(({ count }) => count === 0);
  const [first] = missing;
  if (!first) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Text>
        A session needs a program, a subject, a tutor and a student. Still missing:{' '}
        {missing.map((item, index) => (
          <span key={item.to}>
            {index > 0 ? ', ' : ''}
            <Anchor component={Link} to={item.to} underline="always">
              {item.text}
            </Anchor>
          </span>
        ))}
        .
      </Text>
      <Button component={Link} to={first.to}>
        Add {first.text}
      </Button>
    </Stack>
  );
}
