import { Anchor, Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { moneySettingsSchema } from '#app/domain/billing/money-settings.ts';
import { getMoneySettings, saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { checkbox } from '#app/domain/people/fields.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Pay · Settings · Lectern' }];

const schema = moneySettingsSchema
  .pick({ unusual_pay_factor: true, pay_hours_a_week: true, pay_statement_mail: true })
  .required()
  .extend({ pay_when_paid: checkbox });

const labels = {
  pay_when_paid: 'Pay when paid',
  unusual_pay_factor: 'Unusual pay',
  pay_hours_a_week: 'Hours in a week',
  pay_statement_mail: 'Statements by mail',
};

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const settings = await getMoneySettings(args.context.db);
  return {
    payWhenPaid: settings.pay_when_paid,
    values: {
      unusual_pay_factor: settings.unusual_pay_factor,
      pay_hours_a_week: settings.pay_hours_a_week,
      pay_statement_mail: settings.pay_statement_mail,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'pay.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(schema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await saveMoneySettings(context.db, actorOf(user, context), read.value);
  } catch (error) {
    return refusedRecord(error, form);
  }
  return redirect('/office/settings');
}

export default function PaySettings() {
  const { payWhenPaid, values } = useLoaderData<typeof loader>();
  const { answer } = answerOf(useActionData<typeof action>());
  const { field } = recordFields(asFormValues(values), answer);
  return (
    <>
      <PageHeader
        title="Pay"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="When tutors are paid, what is pointed out before a run, and how they get their statements."
      />
      <RecordForm answer={answer} labels={labels} submit="Save" cancelTo="/office/settings">
        <Checkbox
          name="pay_when_paid"
          label="A session is paid once the invoices of its places are"
          description="What a family still owes waits, and goes onto the next run, marked late. Sessions that are paid ahead with credits don’t wait."
          defaultChecked={answer ? answer.values.pay_when_paid !== undefined : payWhenPaid}
        />
        <Stack gap="sm">
          <TextInput
            {...field('unusual_pay_factor')}
            label="Point out a statement of more than so many times the tutor’s usual"
            inputMode="decimal"
            maw={460}
          />
          <TextInput
            {...field('pay_hours_a_week')}
            label="Point out more hours than this in one week"
            inputMode="numeric"
            maw={460}
          />
          <NativeSelect
            {...field('pay_statement_mail')}
            label="Tutors are mailed their statements"
            maw={460}
            data={[
              { value: 'approved', label: 'When a run is approved' },
              { value: 'paid', label: 'When a run is marked paid' },
              { value: 'never', label: 'Never: they find them on their page' },
            ]}
          />
        </Stack>
      </RecordForm>
      <Text size="sm" mt="lg">
        <Anchor component={Link} to="/office/settings/pay-groups" size="sm">
          Pay groups and their calendars
        </Anchor>
        {', '}
        <Anchor component={Link} to="/office/settings/work-kinds" size="sm">
          Kinds of work
        </Anchor>
      </Text>
    </>
  );
}
