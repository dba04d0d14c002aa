import { Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { meetingRulesForm } from '#app/domain/meetings/meeting-rules.schema.ts';
import type { MeetingRules } from '#app/domain/meetings/meeting-rules.ts';
import { getMeetingRules, saveMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Meetings · Lectern' }];

const formValues = (rules: MeetingRules) => ({
  tutors_start_now: rules.tutors_start_now ? ['on'] : [],
  tutors_invite: rules.tutors_invite ? ['on'] : [],
  instant_credits: [rules.instant_credits],
  guest_links: rules.guest_links ? ['on'] : [],
  lobby: rules.lobby ? ['on'] : [],
  connection_warning_days: [String(rules.connection_warning_days)],
});

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return { initial: formValues(await getMeetingRules(args.context.db)) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(meetingRulesForm, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await saveMeetingRules(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const labels = { instant_credits: 'When credits don’t cover it', connection_warning_days: 'Days before an account ends' };

export default function MeetingSettings() {
  const { initial } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field, chosen } = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        title="Meetings"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What holds for sessions that start at once, for guests, in the classroom, and for tutors’ own accounts. The office can always start a session."
      />
      <RecordForm answer={answer} labels={labels} submit="Save" cancelTo="/office/settings">
        <FormSection title="Instant sessions by tutors">
          <Checkbox
            name="tutors_start_now"
            label="Tutors start sessions at once"
            description="With the students matched to them, whatever they may book ahead. Switched off, the office alone does."
            defaultChecked={chosen('tutors_start_now', 'on')}
          />
          <Checkbox
            name="tutors_invite"
            label="Tutors invite somebody new by e-mail"
            description="A student and who pays are put on record, matched to the tutor, and get an account by joining."
            defaultChecked={chosen('tutors_invite', 'on')}
          />
        </FormSection>
        <FormSection title="Money">
          <Radio.Group
            name="instant_credits"
            label={labels.instant_credits}
            defaultValue={field('instant_credits').defaultValue}
            error={field('instant_credits').error}
          >
            <Stack gap="xs" mt={4}>
              <Radio
                value="flag"
                label="It starts, and is flagged"
                description="The family goes below zero, and the office sees it on its day."
              />
              <Radio
                value="refuse"
                label="It is refused"
                description="The tutor is told what is missing, and may start it as not billable."
              />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            Where families buy no credits this makes no difference: the session is billed as always.
          </Text>
        </FormSection>
        <FormSection title="Coming in">
          <Checkbox
            name="lobby"
            label="In the classroom students wait until the tutor lets them in"
            description="Switched off, they are in as soon as they come, also before the tutor. Rooms that are open already stay as they are."
            defaultChecked={chosen('lobby', 'on')}
          />
          <Checkbox
            name="guest_links"
            label="Students without an account come in by a link of their own"
            description="It is made and taken back on the session’s page, and opens that one session. Switched off, links that are out no longer open."
            defaultChecked={chosen('guest_links', 'on')}
          />
        </FormSection>
        <FormSection title="Tutors’ own accounts">
          <TextInput
            {...field('connection_warning_days')}
            label={labels.connection_warning_days}
            description="The tutor is mailed then, and the office gets a task. 0: only once it has ended"
            inputMode="numeric"
            maw={320}
          />
        </FormSection>
      </RecordForm>
    </>
  );
}
