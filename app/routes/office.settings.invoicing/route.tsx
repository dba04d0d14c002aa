import { Checkbox, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { moneySettingsSchema } from '#app/domain/billing/money-settings.ts';
import { getMoneySettings, saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { checkbox } from '#app/domain/people/fields.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Invoice runs · Settings · Lectern' }];

const schema = z.object({
  second_person: checkbox,
  unusual_factor: moneySettingsSchema.shape.unusual_factor,
});

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { second_person, unusual_factor } = await getMoneySettings(args.context.db);
  return { initial: { second_person: second_person ? ['on'] : [], unusual_factor: [String(unusual_factor)] } };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context } = args;
  const form = await args.request.formData();
  const read = readRecord(schema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await saveMoneySettings(context.db, actorOf(user, context), read.value);
  } catch (error) {
    return refusedRecord(error, form);
  }
  throw redirect('/office/settings');
}

export default function InvoicingSettings() {
  const { initial } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field, chosen } = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        title="Invoice runs"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="How invoices are put together and confirmed."
      />
      <RecordForm
        answer={answer}
        labels={{ second_person: 'A second person confirms', unusual_factor: 'Far from the usual' }}
        submit="Save"
        cancelTo="/office/settings"
      >
        <Checkbox
          name="second_person"
          label="A second person confirms"
          description="Whoever puts a run together can’t issue it: another administrator looks at it and confirms, or sends it back."
          defaultChecked={chosen('second_person', 'on')}
        />
        <TextInput
          {...field('unusual_factor')}
          label="Far from the usual"
          description="An invoice of more than so many times what the family’s last ones were is pointed out before it is issued"
          inputMode="decimal"
          maw={320}
        />
      </RecordForm>
    </>
  );
}
