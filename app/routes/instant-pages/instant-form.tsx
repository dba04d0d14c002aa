import { Anchor, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form, Link } from '@remix-run/react';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { recordFields } from '#app/ui/record-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from '../office.sessions.new/booking.module.css';
import { DurationField, TutorOptions } from '../office.sessions.new/booking-fields.tsx';
import { StudentPicker } from '../office.sessions.new/student-picker.tsx';
import { BillableChoice } from './billable-choice.tsx';
import { BeforeYouStart, HindranceAlert } from './hindrance-alert.tsx';
import type { InstantAnswer, loadInstantPage } from './instant-page.server.ts';
import { InviteFields } from './invite-fields.tsx';
import { useInstantCheck } from './use-instant-check.ts';

type Page = Awaited<ReturnType<typeof loadInstantPage>>;

const labels = {
  tutorId: 'Tutor',
  studentIds: 'Student',
  'invite.name': 'Name',
  'invite.email': 'E-mail',
  programId: 'Program',
  subjectId: 'Subject',
  durationMinutes: 'Duration',
  meetingInstallId: 'Room',
  title: 'Title',
  description: 'Description',
};

/** Everything a session that starts at once needs, with what it would mean beside it. */
export function InstantForm({ page, answer }: { page: Page; answer: InstantAnswer | undefined }) {
  const { by, choices } = page;
  const home = by === 'office' ? '/office' : '/tutor';
  const form = useFocusFirstError(answer);
  const dryRun = useInstantCheck(form, answer ? answer.check : page.check);
  const mounted = useMounted();
  const { field } = recordFields(page.initial, answer);
  const value = (name: string) => field(name).defaultValue;
  const error = (name: string) => answer?.errors[name];
  const [programId, setProgramId] = useState(value('programId'));
  const [subjectId, setSubjectId] = useState(value('subjectId'));
  const [tutorId, setTutorId] = useState(value('tutorId'));
  const program = choices.programs.find(({ id }) => id === programId);
  const follow = (ids: readonly string[]) => {
    const usual = choices.students.find(({ id }) => id === ids[0])?.usual;
    if (!usual) return;
    if (choices.programs.some(({ id }) => id === usual.programId)) setProgramId(usual.programId);
    if (choices.subjects.some(({ id }) => id === usual.subjectId)) setSubjectId(usual.subjectId);
  };
  return (
    <Form method="post" ref={form} noValidate onChange={dryRun.later}>
      <input type="hidden" name="id" value={value('id')} />
      <input type="hidden" name="by" value={by} />
      <div className={styles.layout}>
        <Stack gap="md">
          {answer?.hindrance ? (
            <HindranceAlert hindrance={answer.hindrance} />
          ) : (
            <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
          )}
          <StudentPicker
            students={choices.students}
            chosen={(answer?.values ?? page.initial).studentIds?.filter(Boolean) ?? []}
            onChoose={follow}
            capacity={1}
            error={error('studentIds')}
          />
          {page.mayInvite ? (
            <InviteFields field={field} open={!choices.students.length || Boolean(value('invite.email'))} />
          ) : null}
          <div className={styles.fields}>
            {by === 'office' ? (
              <NativeSelect
                id="tutorId"
                name="tutorId"
                label="Tutor"
                value={tutorId}
                onChange={({ currentTarget }) => setTutorId(currentTarget.value)}
                error={error('tutorId')}
              >
                <TutorOptions tutors={choices.tutors} subjectId={subjectId} />
              </NativeSelect>
            ) : null}
            <DurationField
              key={programId}
              organisation={page.durations}
              program={mounted ? program : undefined}
              all={choices.programs}
              value={value('durationMinutes')}
              untouched={programId === value('programId')}
              error={error('durationMinutes')}
            />
            <div>
              <NativeSelect
                id="programId"
                name="programId"
                label="Program"
                value={programId}
                onChange={({ currentTarget }) => setProgramId(currentTarget.value)}
                error={error('programId')}
                data={choices.programs.map(({ id, name }) => ({ value: id, label: name }))}
              />
              {page.mayEditPrograms ? <ProgramLinks programId={programId} /> : null}
            </div>
            <NativeSelect
              id="subjectId"
              name="subjectId"
              label="Subject"
              value={subjectId}
              onChange={({ currentTarget }) => setSubjectId(currentTarget.value)}
              error={error('subjectId')}
              data={[
                { value: '', label: 'Choose a subject' },
                ...choices.subjects.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            {choices.providers.length > 1 ? (
              <NativeSelect
                {...field('meetingInstallId')}
                label="Room"
                data={[
                  { value: '', label: 'As usual' },
                  ...choices.providers.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            ) : null}
          </div>
          <BillableChoice chosen={value('billable')} check={dryRun.check} />
          <TextInput {...field('title')} label="Title" description="Shown instead of the subject, if you give one" />
          <Textarea {...field('description')} label="Description" description="Tutor and family read it" rows={2} />
        </Stack>
        <BeforeYouStart check={dryRun.check} checking={dryRun.checking} />
        {/* On a phone below what it means, so that nobody presses Start without having seen it. */}
        <Stack gap="xs">
          <Group gap="sm">
            <SubmitButton name="intent" value="start" leftSection={<IconPlayerPlayFilled size={16} aria-hidden />}>
              Start session
            </SubmitButton>
            {mounted ? null : (
              <Button type="submit" name="intent" value="check" variant="default">
                What would it mean?
              </Button>
            )}
            <Button component={Link} to={home} variant="subtle">
              Cancel
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {by === 'office'
              ? 'It begins the moment you press Start: tutor, student and parents get a mail with the link into the room.'
              : 'It begins the moment you press Start: the room opens, and student and parents get a mail with the link into it.'}
          </Text>
        </Stack>
      </div>
    </Form>
  );
}

function ProgramLinks({ programId }: { programId: string }) {
  return (
    <Text size="xs" mt={4}>
      {programId ? (
        <>
          <Anchor component={Link} to={`/office/programs/${programId}/edit`} inherit underline="always" target="_blank">
            Edit it
          </Anchor>
          {' or '}
        </>
      ) : null}
      <Anchor component={Link} to="/office/programs/new" inherit underline="always" target="_blank">
        add a program
      </Anchor>
    </Text>
  );
}
