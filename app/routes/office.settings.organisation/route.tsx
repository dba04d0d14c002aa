import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editOrganisation } from '#app/domain/organisation/edit-organisation.server.ts';
import { getOrganisation, hasMoney, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { organisationSchema } from '#app/domain/organisation/settings.schema.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { OrganisationForm } from './organisation-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Organisation · Lectern' }];

const formValues = ({ name, address, email, phone, supportContact, taxNumber, locale, timezone, currency }: Organisation) =>
  asFormValues({ name, address, email, phone, supportContact, taxNumber, locale, timezone, currency });

const usual = ['en-GB', 'en-IE', 'en-US', 'en-CA', 'en-AU', 'en-NZ', 'en-ZA', 'en-IN'];

/** Languages and regions by their names, with the one in use. */
function locales(current: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
  return [...new Set([...usual, current])].map((value) => ({ value, label: names.of(value) ?? value }));
}

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const [organisation, fixed] = await Promise.all([getOrganisation(db), hasMoney(db)]);
  return {
    initial: formValues(organisation),
    version: organisation.version,
    fixed,
    zones: timeZones(organisation.timezone),
    currencies: Intl.supportedValuesOf('currency'),
    locales: locales(organisation.locale),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(organisationSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editOrganisation(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getOrganisation(context.db)));
  }
}

export default function OrganisationSettings() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Organisation" back={{ to: '/office/settings', label: 'Settings' }} />
      <OrganisationForm {...data} answer={answer} />
    </>
  );
}
