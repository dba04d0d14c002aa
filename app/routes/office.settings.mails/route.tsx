import { Alert, Anchor, Checkbox, Group, SimpleGrid, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { sendingFormValues, sendingRulesForm } from '#app/domain/messages/message-rules.schema.ts';
import { lengthWords } from '#app/domain/messages/preference-words.ts';
import { getMessageRules, saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { WhoGetsWhat } from './who-gets-what.tsx';

const HELP = {
  text: 'Who gets which mail, when sessions are reminded of, and at which hours nothing is sent that can wait.',
  about: 'office/messages',
} as const;

export const meta: MetaFunction = () => [{ title: 'Mails · Lectern' }];

const HERE = '/office/settings/mails';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'mails.manage');
  const rules = await getMessageRules(args.context.db);
  return {
    initial: sendingFormValues(rules, (minutes) => minutes.map(lengthWords).join(', ')),
    saved: new URL(args.request.url).searchParams.has('saved'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'mails.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(sendingRulesForm, form, { lists: ['sent'] });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await saveMessageRules(context.db, actorOf(user, context), read.value);
    return redirect(`${HERE}?saved`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const labels = {
  remind_family: 'Clients and guardians',
  remind_student: 'Students',
  remind_tutor: 'Tutors',
  quiet_from: 'From',
  quiet_to: 'Until',
};

export default function MailSettings() {
  const { initial, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field, chosen } = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Reminders and who gets what"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="When sessions are reminded of, when mails wait for the morning, and who hears of what."
        actions={
          <Group gap="md">
            <Anchor component={Link} to="/office/settings/emails" size="sm">
              The words of the mails
            </Anchor>
            <Anchor component={Link} to="/office/mails" size="sm">
              What was sent
            </Anchor>
          </Group>
        }
      />
      {saved && !answer ? <Alert color="green" variant="light" role="status" mb="md" title="Saved." /> : null}
      <RecordForm answer={answer} labels={labels} submit="Save" cancelTo="/office/settings">
        <FormSection title="Reminders of sessions">
          <Text size="sm" c="dimmed">
            How long before the start, such as “1 day, 2 hours”. Empty: no reminder. Whoever books later than that has just been
            told and gets none.
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <TextInput {...field('remind_family')} label={labels.remind_family} placeholder="1 day" />
            <TextInput {...field('remind_student')} label={labels.remind_student} placeholder="1 day" />
            <TextInput {...field('remind_tutor')} label={labels.remind_tutor} placeholder="2 hours" />
          </SimpleGrid>
          <Checkbox
            name="families_choose"
            label="Families and students choose other times for themselves"
            description="On their account, or by the link in each reminder. That they want none they can always say."
            defaultChecked={chosen('families_choose', 'on')}
          />
        </FormSection>
        <FormSection title="Quiet hours">
          <Checkbox
            name="quiet"
            label="At night, what can wait does"
            description="By the clock of whoever reads it. Reminders wait for the morning, or go out in the evening where that would be too late. Bookings, cancellations, passwords and what somebody waits for go at once."
            defaultChecked={chosen('quiet', 'on')}
          />
          <SimpleGrid cols={2} spacing="sm" maw={320}>
            <TextInput {...field('quiet_from')} type="time" label={labels.quiet_from} />
            <TextInput {...field('quiet_to')} type="time" label={labels.quiet_to} />
          </SimpleGrid>
        </FormSection>
        <FormSection title="Who gets what">
          <WhoGetsWhat isSent={(key) => chosen('sent', key)} />
        </FormSection>
      </RecordForm>
    </>
  );
}
