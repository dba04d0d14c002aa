import { Alert, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { conversationSettingsForm } from '#app/domain/messages/conversation-settings.schema.ts';
import { hasMailHook, makeMailHook, removeMailHook } from '#app/domain/messages/mail-hook.server.ts';
import { getMessageRules, saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { HookPanel } from './hook-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Messages · Lectern' }];

type Answer = RecordAnswer & { made?: string };

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'mails.manage');
  const { db } = args.context;
  const [rules, hook] = await Promise.all([getMessageRules(db), hasMailHook(db)]);
  return {
    initial: {
      conversations: rules.conversations ? ['on'] : [],
      hide_contacts: rules.hide_contacts ? ['on'] : [],
      reply_domain: [rules.reply_domain],
    },
    replies: rules.reply_domain !== '',
    hook,
    saved: new URL(args.request.url).searchParams.has('saved'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'mails.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const intent = form.get('intent');
  if (intent === 'make-hook') {
    const made = `${context.config.origin}/hooks/mail/${await makeMailHook(context.db, actor)}`;
    return data<Answer>({ errors: {}, values: {}, made }, { headers: { 'Cache-Control': 'no-store' } });
  }
  if (intent === 'remove-hook') {
    await removeMailHook(context.db, actor);
    return redirect('/office/settings/messages');
  }
  const read = readRecord(conversationSettingsForm, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await saveMessageRules(context.db, actor, read.value);
    return redirect('/office/settings/messages?saved');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const labels = { reply_domain: 'Domain for answers' };

export default function MessageSettings() {
  const { initial, hook, replies, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<Answer>() ?? undefined;
  const typed = answer?.made ? undefined : answer;
  const { field, chosen } = recordFields(initial, typed);
  return (
    <>
      <PageHeader
        title="Messages"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What tutors and families write to each other, and how answers by mail come in. You read all of it under Messages."
      />
      <Stack gap="lg">
        {saved && !answer ? (
          <Alert role="status" maw={760}>
            Saved.
          </Alert>
        ) : null}
        <RecordForm answer={typed} labels={labels} submit="Save" cancelTo="/office/settings">
          <FormSection title="Between tutor and family">
            <Checkbox
              name="conversations"
              label="Tutors and families write to each other here"
              description="While lessons are planned, and for 30 days after the last one. Switched off, what was written can still be read."
              defaultChecked={chosen('conversations', 'on')}
            />
            <Checkbox
              name="hide_contacts"
              label="Tutor and family never see each other’s address and phone number"
              description="On no page, in no mail and in no calendar. Switched off, each program and tutor may still hide them: see Scheduling."
              defaultChecked={chosen('hide_contacts', 'on')}
            />
          </FormSection>
          <FormSection title="Answers by mail">
            <TextInput
              {...field('reply_domain')}
              label={labels.reply_domain}
              description="Such as reply.example.org, whose mail your mail service hands in at the address below. Empty: messages are answered on the page, and the mail says so."
              placeholder="reply.example.org"
              maw={420}
            />
            <Text size="sm" c="dimmed">
              An answer goes into its conversation without anybody’s address. One that fits nobody becomes a task.
            </Text>
          </FormSection>
        </RecordForm>
        <HookPanel hook={hook} made={answer?.made} replies={replies} />
      </Stack>
    </>
  );
}
