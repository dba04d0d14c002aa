import { SimpleGrid, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editBookingSettings } from '#app/domain/organisation/edit-booking-settings.server.ts';
import { getOrganisation, listInstallChoices, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { bookingSettingsSchema } from '#app/domain/organisation/settings.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

export const meta: MetaFunction = () => [{ title: 'Booking · Lectern' }];

const formValues = ({ durations, gridMinutes, joinWindowMinutes, billingInstallId, meetingInstallId }: Organisation) => ({
  ...asFormValues({ gridMinutes, joinWindowMinutes, billingInstallId, meetingInstallId }),
  durations: [durations.join(', ')],
});

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const organisation = await getOrganisation(db);
  const [billing, meeting] = await Promise.all([
    listInstallChoices(db, 'billing', organisation.billingInstallId),
    listInstallChoices(db, 'meeting', organisation.meetingInstallId),
  ]);
  return { initial: formValues(organisation), version: organisation.version, billing, meeting };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(bookingSettingsSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editBookingSettings(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getOrganisation(context.db)));
  }
}

const labels = {
  durations: 'Lengths to choose from',
  gridMinutes: 'Sessions begin every',
  joinWindowMinutes: 'Join opens before the start',
  billingInstallId: 'How clients are billed',
  meetingInstallId: 'Where online sessions take place',
};

export default function BookingSettings() {
  const { initial, version, billing, meeting } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        title="Booking"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Holds for what is booked from now on. What is booked stays as it is."
      />
      <RecordForm answer={answer} version={version} labels={labels} submit="Save" cancelTo="/office/settings">
        <FormSection title="Times">
          <TextInput
            {...field('durations')}
            label={labels.durations}
            inputMode="numeric"
            withAsterisk
            required
            description="Minutes with commas between them. A program can have its own"
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              {...field('gridMinutes')}
              type="number"
              min={1}
              max={60}
              label={`${labels.gridMinutes} … minutes`}
              description="With 15: at :00, :15, :30 and :45"
              withAsterisk
              required
            />
            <TextInput
              {...field('joinWindowMinutes')}
              type="number"
              min={0}
              max={120}
              label={`${labels.joinWindowMinutes}, minutes`}
              description="It stays until the session ends"
              withAsterisk
              required
            />
          </SimpleGrid>
        </FormSection>
        <FormSection title="Usual choices">
          <ChoiceSelect
            {...field('billingInstallId')}
            choices={billing}
            none="Not chosen"
            label={labels.billingInstallId}
            description="For every client without a choice of their own"
          />
          <ChoiceSelect
            {...field('meetingInstallId')}
            choices={meeting}
            none="Not chosen"
            label={labels.meetingInstallId}
            description="For every program without a choice of its own"
          />
        </FormSection>
      </RecordForm>
    </>
  );
}
