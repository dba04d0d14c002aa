import { Anchor, Checkbox, SimpleGrid, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { getMoneySettings, saveMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { type CreditSettings, creditSettingsSchema } from '#app/domain/credits/credit-settings.schema.ts';
import { decimalText } from '#app/ui/format.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type FormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm } from '#app/ui/record-form.server.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Credits · Settings · Lectern' }];

const formValues = (settings: CreditSettings): FormValues => ({
  low_credits: [decimalText(BigInt(settings.low_credits), 2).replace(/\.?0+$/, '') || '0'],
  expiry_warning_days: [String(settings.expiry_warning_days)],
  low_credit_mails: settings.low_credit_mails ? ['on'] : [],
  families_buy_packages: settings.families_buy_packages ? ['on'] : [],
});

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { db, plugins } = args.context;
  const [settings, installs] = await Promise.all([getMoneySettings(db), plugins.listInstalls(db, 'billing')]);
  const install = installs.find((one) => one.usable && plugins.billingCapabilities(one.pluginId)?.pays === 'credits');
  return { initial: formValues(settings), installId: install?.id ?? null };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const read = readRecord(creditSettingsSchema, await request.formData());
  if (!read.ok) return refusedForm(read.answer);
  await saveMoneySettings(context.db, actorOf(user, context), read.value);
  return redirect('/office/settings');
}

const labels = { low_credits: 'Low means below so many credits', expiry_warning_days: 'Days before the last day' };

export default function CreditSettingsPage() {
  const { initial, installId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field, chosen } = recordFields(initial, answer);
  return (
    <>
      <PageHeader
        title="Credits"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="When families hear of their credits, and whether they buy packages themselves."
      />
      <RecordForm answer={answer} labels={labels} submit="Save" cancelTo="/office/settings">
        <FormSection title="Credits that run low">
          <TextInput
            {...field('low_credits')}
            label={labels.low_credits}
            description="A family’s own page can say another number"
            inputMode="decimal"
            maw={320}
          />
          <Checkbox
            name="low_credit_mails"
            defaultChecked={chosen('low_credit_mails', 'on')}
            label="Mail the family"
            description="Once, until there are enough again"
          />
        </FormSection>
        <FormSection title="Credits that expire">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              {...field('expiry_warning_days')}
              label={labels.expiry_warning_days}
              description="The family is mailed then; 0: never"
              inputMode="numeric"
            />
          </SimpleGrid>
        </FormSection>
        <FormSection title="Buying">
          <Checkbox
            name="families_buy_packages"
            defaultChecked={chosen('families_buy_packages', 'on')}
            label="Families buy packages themselves"
            description="Those shown to families, beside their credits. The credits are there at once, the price comes on the next invoice."
          />
        </FormSection>
        <Text size="sm" c="dimmed">
          {installId ? (
            <>
              What a credit is, and whether a family may go below zero, is set{' '}
              <Anchor component={Link} to={`/office/settings/plugins/${installId}`} size="sm" underline="always">
                with the billing mode
              </Anchor>
              .
            </>
          ) : (
            <>
              No billing by credits is switched on.{' '}
              <Anchor component={Link} to="/office/settings/plugins" size="sm" underline="always">
                Switch it on
              </Anchor>
            </>
          )}
        </Text>
      </RecordForm>
    </>
  );
}
