import { Button } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { editPolicies } from '#app/domain/organisation/edit-policies.server.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { policySettingsSchema } from '#app/domain/organisation/settings.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import type { FormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { madeUpSession } from '../policy-pages/trial-view.ts';
import { trialChoices, tryRules } from '../policy-pages/try-policy.server.ts';
import { flat } from '../record-forms/program-values.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { PolicyForm } from './policy-form.tsx';

const HELP = {
  text: 'What becomes of absences and when a session counts as done. Rules that held when a session was booked stay with it; try a change on a session before you save it.',
  about: 'office/cancelling',
} as const;

export const meta: MetaFunction = () => [{ title: 'Policies · Lectern' }];

const formValues = ({ policies }: Organisation): FormValues => ({
  ...Object.fromEntries(Object.entries(flat(policies)).map(([name, value]) => [`policies.${name}`, [value]])),
  ...madeUpSession,
});

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { organisation, reader } = await readerFor(user, args.context);
  const { currency, version } = organisation;
  const trial = await trialChoices(args.context, reader);
  return { initial: formValues(organisation), version, currency, digits: currencyDigits(currency), trial };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(policySettingsSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  if (form.get('intent') === 'try') {
    const { organisation, reader } = await readerFor(user, context);
    const rules = { before: organisation.policies, after: read.value.policies };
    const trial = await tryRules(context, form, { organisation, reader, ...rules });
    return data({ errors: {}, values: typedValues(form), trial }, { status: Object.keys(trial.errors).length > 0 ? 400 : 200 });
  }
  try {
    await editPolicies(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getOrganisation(context.db)));
  }
}

export default function Policies() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Policies"
        back={{ to: '/office/settings', label: 'Settings' }}
        actions={
          <Button component={Link} to="/office/settings/policies/history" variant="default">
            Which rules held when
          </Button>
        }
        description="Hold for sessions booked from now on; each keeps the rules it was booked under. A program can say some of them differently."
      />
      <PolicyForm {...page} answer={answer} />
    </>
  );
}
