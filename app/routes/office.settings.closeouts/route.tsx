import { Anchor, Checkbox, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { closeOutRulesForm, minutesAsHours } from '#app/domain/closeout/close-out-rules.schema.ts';
import type { CloseOutRules } from '#app/domain/closeout/close-out-rules.ts';
import { getCloseOutRules, saveCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type FormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';

const HELP = {
  text: 'What is asked at a close-out, what families read of it, and who is reminded of a missing one, and when.',
  about: 'office/close-outs',
} as const;

export const meta: MetaFunction = () => [{ title: 'Close-outs · Lectern' }];

const formValues = (rules: CloseOutRules): FormValues =>
  Object.fromEntries(
    Object.entries(rules).map(([key, value]) => [
      key,
      Array.isArray(value) ? [minutesAsHours(value)] : typeof value === 'boolean' ? (value ? ['on'] : []) : [String(value)],
    ]),
  );

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return { initial: formValues(await getCloseOutRules(args.context.db)) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(closeOutRulesForm, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await saveCloseOutRules(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const labels = {
  chase_minutes: 'Hours after the end at which a tutor is reminded',
  chase_office_hours: 'Hours after the end from which the office is told',
  feedback_every: 'Sessions between two mails that ask for feedback',
};

type Fields = ReturnType<typeof recordFields>;

const Box = ({
  fields,
  name,
  label,
  description,
}: {
  fields: Fields;
  name: keyof CloseOutRules;
  label: string;
  description?: string;
}) => <Checkbox name={name} label={label} description={description} defaultChecked={fields.chosen(name, 'on')} />;

export default function CloseOutSettings() {
  const { initial } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const fields = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Close-outs"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What tutors say after a session, what families read of it, and who is reminded. When a session counts as done is a policy."
      />
      <RecordForm answer={answer} labels={labels} submit="Save" cancelTo="/office/settings">
        <FormSection title="The form">
          <Box
            fields={fields}
            name="lock_times"
            label="The planned start and length hold"
            description="Tutors can’t say others; the office can."
          />
          <Box
            fields={fields}
            name="notes_required"
            label="Notes go with each session"
            description="Where somebody came, a tutor writes how it went before closing out."
          />
          <Box fields={fields} name="ask_ratings" label="Tutors say how it went with each student, from 1 to 5" />
          <Box fields={fields} name="ask_summary" label="Tutors may write a summary for the family" />
          <Text size="sm" c="dimmed">
            Texts that notes begin with are{' '}
            <Anchor component={Link} to="/office/settings/note-templates" inherit>
              templates
            </Anchor>
            .
          </Text>
        </FormSection>
        <FormSection title="What families see">
          <Box
            fields={fields}
            name="families_see_notes"
            label="Progress notes"
            description="The private note stays in the office."
          />
          <Box fields={fields} name="families_see_homework" label="Homework, and when it is due" />
          <Box fields={fields} name="families_see_goals" label="Goals that are shared, and how far they are" />
          <Box
            fields={fields}
            name="mail_summary"
            label="The summary goes to the family by mail"
            description="With the homework, links and files, when the session is closed out."
          />
        </FormSection>
        <FormSection title="Reminders of close-outs">
          <Box
            fields={fields}
            name="chase"
            label="Tutors are reminded of what isn’t closed out"
            description="One mail names all of it: at most one in three hours, none in quiet hours, and none any more after two weeks."
          />
          <TextInput
            {...fields.field('chase_minutes')}
            label={labels.chase_minutes}
            description="In hours, such as 2, 24; at most five"
            maw={460}
          />
          <Box fields={fields} name="chase_daily" label="After those, once a day" />
          <TextInput
            {...fields.field('chase_office_hours')}
            label={labels.chase_office_hours}
            description="One mail a day; from then on it stands under Overdue"
            inputMode="numeric"
            maw={460}
          />
        </FormSection>
        <FormSection title="Feedback">
          <Box fields={fields} name="feedback" label="Families and tutors say after a session how it was" />
          <TextInput
            {...fields.field('feedback_every')}
            label={labels.feedback_every}
            description="The first session with a tutor is asked about too. 0: never by mail"
            inputMode="numeric"
            maw={460}
          />
        </FormSection>
      </RecordForm>
    </>
  );
}
