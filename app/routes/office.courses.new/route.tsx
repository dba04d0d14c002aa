import { randomUUID } from 'node:crypto';
import { Checkbox, NativeSelect, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { createCourseSchema } from '#app/domain/groups/course.schema.ts';
import { createCourse } from '#app/domain/groups/create-course.server.ts';
import { findCreditsInstall } from '#app/domain/groups/credits-install.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { CourseFields, courseLabels } from '../group-pages/course-fields.tsx';
import { courseShape } from '../group-pages/course-form.server.ts';
import styles from '../group-pages/group-pages.module.css';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a course · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'session.book');
  const { db, clock } = args.context;
  const [organisation, choices, credits] = await Promise.all([
    getOrganisation(db),
    listBookingChoices(db),
    findCreditsInstall(db, args.context),
  ]);
  const groups = choices.programs.filter((program) => program.kind !== 'one_to_one');
  const first = groups.find((program) => program.kind === 'course') ?? groups[0];
  return {
    id: randomUUID(),
    programs: groups,
    subjects: choices.subjects,
    tutors: choices.tutors,
    rooms: choices.rooms,
    currency: organisation.currency,
    creditsUsable: credits !== undefined,
    initial: {
      programId: [first?.id ?? ''],
      capacity: [String(first?.capacity ?? 8)],
      durationMinutes: [String(first?.defaultDuration ?? 60)],
      startsOn: [addDays(localDateOf(clock(), organisation.timezone), 7)],
      time: ['16:00'],
      occurrences: ['8'],
      mode: ['in_person'],
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'session.book');
  const { context, request } = args;
  const { currency } = await getOrganisation(context.db);
  const form = await request.formData();
  const read = readRecord(createCourseSchema, form, {
    lists: ['weekdays'],
    shape: (input) => courseShape(input, form, currency),
  });
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { courseId } = await createCourse(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/courses/${courseId}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const labels = {
  ...courseLabels,
  programId: 'Program',
  subjectId: 'Subject',
  tutorId: 'Tutor',
  startsOn: 'First day',
  time: 'Start',
  durationMinutes: 'Minutes',
  weekdays: 'Days of the week',
  occurrences: 'How many sessions',
  mode: 'Where',
  roomId: 'Room',
  location: 'Place',
};

const days = [
  ['MO', 'Mon'],
  ['TU', 'Tue'],
  ['WE', 'Wed'],
  ['TH', 'Thu'],
  ['FR', 'Fri'],
  ['SA', 'Sat'],
  ['SU', 'Sun'],
] as const;

export default function NewCourse() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const fields = recordFields(page.initial, answer);
  const { field, chosen } = fields;
  return (
    <>
      <PageHeader
        title="Add a course"
        back={{ to: '/office/courses', label: 'Courses' }}
        description="Its sessions are planned at once, without students, so that tutor and room are kept. Days off are left out."
      />
      <RecordForm answer={answer} labels={labels} submit="Add course" cancelTo="/office/courses">
        <input type="hidden" name="id" value={answer?.values.id?.[0] ?? page.id} />
        <CourseFields fields={fields} currency={page.currency} creditsUsable={page.creditsUsable} />
        <FormSection title="Who teaches what">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <ChoiceSelect {...field('programId')} choices={page.programs} none="Choose a program" label={labels.programId} />
            <ChoiceSelect {...field('subjectId')} choices={page.subjects} none="Choose a subject" label={labels.subjectId} />
            <ChoiceSelect {...field('tutorId')} choices={page.tutors} none="Choose a tutor" label={labels.tutorId} />
          </SimpleGrid>
        </FormSection>
        <FormSection title="When and where">
          <SimpleGrid cols={{ base: 1, sm: 4 }} spacing="sm">
            <TextInput {...field('startsOn')} type="date" label={labels.startsOn} />
            <TextInput {...field('time')} type="time" label={labels.time} />
            <TextInput {...field('durationMinutes')} label={labels.durationMinutes} inputMode="numeric" />
            <TextInput {...field('occurrences')} label={labels.occurrences} inputMode="numeric" />
          </SimpleGrid>
          <Checkbox.Group
            label={labels.weekdays}
            error={answer?.errors.weekdays}
            defaultValue={days.filter(([day]) => chosen('weekdays', day)).map(([day]) => day)}
          >
            <div className={styles.days}>
              {days.map(([value, label]) => (
                <Checkbox key={value} name="weekdays" value={value} label={label} />
              ))}
            </div>
          </Checkbox.Group>
          <Radio.Group name="mode" label={labels.mode} defaultValue={field('mode').defaultValue} error={answer?.errors.mode}>
            <Stack gap={6} mt={6}>
              <Radio value="in_person" label="In person" />
              <Radio value="online" label="Online" />
            </Stack>
          </Radio.Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NativeSelect
              {...field('roomId')}
              label={labels.roomId}
              data={[{ value: '', label: 'No room' }, ...page.rooms.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <TextInput {...field('location')} label={labels.location} description="Where it isn’t a room of yours" />
          </SimpleGrid>
        </FormSection>
      </RecordForm>
    </>
  );
}
