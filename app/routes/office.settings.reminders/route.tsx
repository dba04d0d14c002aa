import { Group, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { addReminderStep } from '#app/domain/billing/reminders/add-reminder-step.server.ts';
import { archiveReminderStep } from '#app/domain/billing/reminders/archive-reminder-step.server.ts';
import { listDueReminders, listReminderSteps } from '#app/domain/billing/reminders/reminder-queries.server.ts';
import { reminderStepSchema } from '#app/domain/billing/reminders/reminder-step.schema.ts';
import { getMoneySettings, saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { moneyOf, textOf } from '../money-pages/refusal.server.ts';
import { SettingsForm } from '../office.settings.documents/settings-form.tsx';
import { ReminderSteps } from './reminder-steps.tsx';

export const meta: MetaFunction = () => [{ title: 'Reminders · Lectern' }];

const HERE = '/office/settings/reminders';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db, clock } = args.context;
  const { currency, timezone } = await getOrganisation(db);
  const [settings, steps, due] = await Promise.all([
    getMoneySettings(db),
    listReminderSteps(db),
    listDueReminders(db, localDateOf(clock(), timezone)),
  ]);
  return { on: settings.reminders, steps, due: due.length, currency };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  try {
    switch (textOf(form, 'intent')) {
      case 'switch':
        await saveMoneySettings(context.db, actor, { reminders: form.get('on') === 'on' });
        break;
      case 'archive': {
        const id = textOf(form, 'stepId');
        if (!isId(id)) throw notFound();
        await archiveReminderStep(context.db, context, actor, { id });
        break;
      }
      case 'add': {
        const read = readRecord(reminderStepSchema, form);
        const { currency } = await getOrganisation(context.db);
        const fee = textOf(form, 'fee') === '' ? 0n : moneyOf(form, 'fee', currencyDigits(currency));
        if (!read.ok) return refusedForm(read.answer);
        if (fee === undefined || fee < 0n) {
          const values = Object.fromEntries([...form].map(([name, value]) => [name, [String(value)]]));
          return refusedForm({ errors: { fee: 'Enter an amount, such as 5.00.' }, values });
        }
        await addReminderStep(context.db, actor, { ...read.value, fee });
        break;
      }
      default:
        throw notFound();
    }
  } catch (error) {
    return refusedRecord(error, form);
  }
  return redirect(HERE);
}

const labels = {
  daysAfterDue: 'Days after the due day',
  subject: 'Subject',
  text: 'Words',
  fee: 'Late fee',
  feePercent: 'Per cent',
};

export default function ReminderSettings() {
  const { on, steps, due, currency } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields({ feePercent: [''], fee: [''] }, answer);
  return (
    <>
      <PageHeader
        title="Reminders"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Families are mailed about invoices that are still open, a step after the other, once each. A family’s page of balances can switch them off for it."
      />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Each morning">
            <Form method="post">
              <input type="hidden" name="intent" value="switch" />
              <Stack gap="sm" align="flex-start">
                <Switch key={String(on)} name="on" label="Mail reminders by themselves" defaultChecked={on} />
                <Text size="sm" c="dimmed">
                  {steps.length === 0
                    ? 'There is no step yet: add one first.'
                    : due === 0
                      ? 'Today nobody would be mailed.'
                      : `${due === 1 ? 'One invoice is' : `${due} invoices are`} due for a step today: ${on ? 'they go out in the morning' : 'they go out in the morning after it is switched on'}.`}
                </Text>
                <SubmitButton variant="default">Save</SubmitButton>
              </Stack>
            </Form>
          </Panel>
          <Panel title="Steps">
            <ReminderSteps steps={steps} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Add a step">
            <SettingsForm intent="add" submit="Add the step" answer={answer} labels={labels}>
              <TextInput
                {...field('daysAfterDue')}
                label={labels.daysAfterDue}
                inputMode="numeric"
                placeholder="7"
                description="-3 is three days before it is due"
                required
              />
              <TextInput {...field('subject')} label={labels.subject} placeholder="Invoice {number} is waiting" required />
              <Textarea
                {...field('text')}
                label={labels.text}
                placeholder="Perhaps it slipped through: {open} of {number} was due on {due}."
                description="{number}, {open}, {due} and {family} stand for the invoice’s own"
                autosize
                minRows={3}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                <TextInput {...field('fee')} label={`Late fee (${currency})`} inputMode="decimal" description="Empty: none" />
                <TextInput
                  {...field('feePercent')}
                  label="and per cent of what is open"
                  inputMode="decimal"
                  description="Empty: none"
                />
              </SimpleGrid>
              <Group>
                <Text size="sm" c="dimmed">
                  A late fee is a line of its own on the family’s next invoice.
                </Text>
              </Group>
            </SettingsForm>
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
