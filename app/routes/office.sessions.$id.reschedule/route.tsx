import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { whyNotMoved } from '#app/domain/scheduling/open-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { rescheduleSessionSchema } from '#app/domain/scheduling/session.schema.ts';
import { findSeriesOfSession } from '#app/domain/series/queries.server.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { minutesText } from '#app/ui/session-length.ts';
import { orInsist, problemOf } from '#app/ui/session-problem.ts';
import { whenOf } from '#app/ui/session-when.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from '../office.sessions.new/booking.module.css';
import { WhereFields } from '../place-forms/where-fields.tsx';
import { ScopeChoice } from '../series-pages/scope-choice.tsx';
import { seriesEditOf } from '../series-pages/series-edit-of.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const { session, organisation, reader, context } = await loadOfficeSession(args, 'session.edit');
  const [{ tutors, programs, places, rooms }, series] = await Promise.all([
    listBookingChoices(context.db, session),
    findSeriesOfSession(context.db, session.id),
  ]);
  const program = programs.find(({ id }) => id === session.program.id);
  const durations = new Set([...(program?.durations ?? organisation.durations), session.durationMinutes]);
  return {
    id: session.id,
    version: session.version,
    title: session.title || session.subject.name,
    students: session.places.map((place) => place.studentName).join(', '),
    now: whenOf(reader, session.startsAt, session.endsAt).long,
    stuck: whyNotMoved(
      session.status,
      session.places.map((place) => place.outcome),
    ),
    values: {
      date: session.wallStart.slice(0, 10),
      time: session.wallStart.slice(11, 16),
      durationMinutes: String(session.durationMinutes),
      tutorId: session.tutor.id,
      mode: session.mode,
      placeId: session.placeId ?? '',
      roomId: session.roomId ?? '',
      location: session.location,
      overrule: false,
      scope: 'this',
    },
    series: series !== undefined && series.endedAt === null,
    tutors: tutors.some(({ id }) => id === session.tutor.id) ? tutors : [...tutors, { ...session.tutor, subjectIds: [] }],
    where: { places, rooms },
    clientIds: session.places.map((place) => place.clientId),
    durations: [...durations].sort((a, b) => a - b),
    gridMinutes: organisation.gridMinutes,
    zoneText: reader.zone === session.zone ? '' : ` (${session.zone.split('/').at(-1)?.replaceAll('_', ' ')} time)`,
  };
}

export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'session.edit');
  const { session, reader, actor, context } = await loadOfficeSession(args, 'session.edit');
  const form = await args.request.formData();
  const values = {
    date: textOf(form, 'date'),
    time: textOf(form, 'time'),
    durationMinutes: textOf(form, 'durationMinutes'),
    tutorId: textOf(form, 'tutorId'),
    mode: textOf(form, 'mode') || session.mode,
    placeId: textOf(form, 'placeId'),
    roomId: textOf(form, 'roomId'),
    location: textOf(form, 'location'),
    overrule: form.get('overrule') === 'on',
    scope: textOf(form, 'scope'),
  };
  const wider = await seriesEditOf(context.db, session.id, values);
  if (wider) return redirect(wider);
  try {
    const input = rescheduleSessionSchema.parse({
      sessionId: session.id,
      version: Number(textOf(form, 'version')),
      wallStart: `${values.date}T${values.time}`,
      zone: session.zone,
      durationMinutes: Number(values.durationMinutes),
      tutorId: values.tutorId,
      ...(form.has('mode') ? whereOf(values, session) : {}),
      overruleStudentConflict: values.overrule,
    });
    await rescheduleSession(context.db, context, actor, input);
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    const { wallStart, ...errors } = problem.errors;
    const time = wallStart ?? errors.time;
    return data({ values, problem: { ...orInsist(problem), errors: time ? { ...errors, time } : errors } }, { status });
  }
  return redirect(`/office/sessions/${session.id}`);
}

/** Words that were the old place's own would be wrong at the new one: left as they were, they are made anew. */
function whereOf(
  { mode, placeId, roomId, location }: { mode: string; placeId: string; roomId: string; location: string },
  session: { placeId: string | null; roomId: string | null; location: string },
) {
  if (mode === 'online') return { mode, roomId: null };
  const moved = placeId !== (session.placeId ?? '') || roomId !== (session.roomId ?? '');
  const same = moved && location === session.location;
  return { mode, placeId: placeId || null, roomId: roomId || null, ...(same ? {} : { location }) };
}

export const meta: MetaFunction = () => [{ title: 'Reschedule · Lectern' }];

export default function Reschedule() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const values = answer?.values ?? page.values;
  const errors = answer?.problem.errors ?? {};
  const mounted = useMounted();
  const [mode, setMode] = useState(values.mode);
  const back = `/office/sessions/${page.id}`;
  return (
    <>
      <PageHeader
        back={{ to: back, label: page.title }}
        title="Reschedule"
        description={`${page.students}. Now: ${page.now}. Everybody in it is told by mail.`}
      />
      <Form method="post" ref={form} noValidate>
        <Stack gap="md" maw={640}>
          <ProblemAlert
            problem={answer?.problem ?? (page.stuck === undefined ? undefined : { message: page.stuck, errors: {}, clashes: [] })}
          />
          <input type="hidden" name="version" value={answer?.problem.version ?? page.version} />
          <div className={styles.fields}>
            <TextInput type="date" name="date" label="Date" defaultValue={values.date} error={errors.date} />
            <TextInput
              type="time"
              name="time"
              label={`Start${page.zoneText}`}
              step={page.gridMinutes * 60}
              defaultValue={values.time}
              error={errors.time}
            />
            <NativeSelect
              name="durationMinutes"
              label="Duration"
              defaultValue={values.durationMinutes}
              error={errors.durationMinutes}
              data={page.durations.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
            />
            <NativeSelect
              name="tutorId"
              label="Tutor"
              defaultValue={values.tutorId}
              error={errors.tutorId}
              data={page.tutors.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </div>
          <div className={styles.fields}>
            <NativeSelect
              name="mode"
              label="Where"
              value={mode}
              onChange={({ currentTarget: { value } }) => setMode(value)}
              error={errors.mode}
              data={[
                { value: 'online', label: 'Online' },
                { value: 'in_person', label: 'In person' },
              ]}
            />
            {mounted && mode === 'online' ? null : (
              <WhereFields choices={page.where} values={values} errors={errors} clientIds={page.clientIds} />
            )}
          </div>
          {answer?.problem.code === 'student_conflict' || values.overrule ? (
            <Checkbox
              name="overrule"
              label="Move it although the student has another session then"
              description="Only a student’s clash can be overruled, never a tutor’s."
              defaultChecked={values.overrule}
            />
          ) : null}
          {page.series ? <ScopeChoice value={values.scope} label="Which sessions move?" /> : null}
          <Group>
            <SubmitButton>Move session</SubmitButton>
            <Button component={Link} to={back} variant="subtle">
              Keep it as it is
            </Button>
          </Group>
        </Stack>
      </Form>
    </>
  );
}
