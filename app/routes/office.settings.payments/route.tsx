import { Alert, Anchor, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { type MoneySettings, moneySettingsSchema } from '#app/domain/billing/money-settings.ts';
import { getMoneySettings, saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { consentText } from '#app/domain/payments/consent.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type FormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Payments · Settings · Lectern' }];

const schema = moneySettingsSchema.pick({ auto_charge_delay_hours: true });

const formValues = (settings: MoneySettings): FormValues => ({
  auto_charge_delay_hours: [String(settings.auto_charge_delay_hours)],
});

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db, plugins } = args.context;
  const [settings, { name }, installs] = await Promise.all([
    getMoneySettings(db),
    getOrganisation(db),
    plugins.listInstalls(db, 'payment'),
  ]);
  return {
    initial: formValues(settings),
    consent: consentText(name, settings.auto_charge_delay_hours),
    installs: installs.map(({ id, name: called, state }) => ({ id, name: called, state })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const read = readRecord(schema, await request.formData());
  if (!read.ok) return refusedForm(read.answer);
  await saveMoneySettings(context.db, actorOf(user, context), read.value);
  return redirect('/office/settings');
}

export default function PaymentSettings() {
  const { initial, consent, installs } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields(initial, answer);
  const enabled = installs.filter((install) => install.state === 'enabled');
  return (
    <>
      <PageHeader
        title="Payments"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="How families pay by card, and when their saved cards are charged."
      />
      <Alert variant="light" color={enabled.length > 0 ? 'green' : 'blue'} mb="lg" maw={720}>
        {enabled.length > 0
          ? 'Families can pay by card. '
          : 'No payment provider is enabled, so families can’t pay by card. Payments by transfer, cash or cheque are recorded by hand. '}
        {installs.map((install) => (
          <Anchor
            key={install.id}
            component={Link}
            to={`/office/settings/plugins/${install.id}`}
            size="sm"
            underline="always"
            mr={8}
          >
            {enabled.length > 0 ? install.name : `Set up ${install.name}`}
          </Anchor>
        ))}
      </Alert>
      <RecordForm
        answer={answer}
        version={0}
        labels={{ auto_charge_delay_hours: 'Hours from issuing until a card is charged' }}
        submit="Save"
        cancelTo="/office/settings"
      >
        <FormSection title="Saved cards">
          <TextInput
            {...field('auto_charge_delay_hours')}
            label="Hours from issuing until a card is charged"
            description="Each family is told by mail as the invoice is issued. 0: at once. Charges that are planned already stay."
            inputMode="numeric"
            maw={360}
          />
          <Text size="sm" c="dimmed" maw={620}>
            What a family agrees to before its card is kept: “{consent}”
          </Text>
        </FormSection>
      </RecordForm>
    </>
  );
}
