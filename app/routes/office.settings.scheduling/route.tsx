import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editSchedulingRules } from '#app/domain/organisation/edit-scheduling-rules.server.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { schedulingSettingsSchema } from '#app/domain/organisation/settings.schema.ts';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { ruleFormValues } from '../record-forms/scheduling-values.ts';
import { SchedulingForm } from './scheduling-form.tsx';

const HELP = {
  text: 'Who may book, move and cancel by themselves, how early and how far ahead. A program or a tutor can differ, on their own page.',
  about: 'office/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Scheduling · Lectern' }];

const formValues = ({ scheduling }: Organisation) => ruleFormValues(readSchedulingRules(scheduling), 'scheduling.');

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const organisation = await getOrganisation(args.context.db);
  return { initial: formValues(organisation), version: organisation.version };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(schedulingSettingsSchema, form, { shape: withOrigins });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editSchedulingRules(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getOrganisation(context.db)));
  }
}

/** One address a line, as a list; what stands behind the host is no part of an origin. */
function withOrigins(input: Record<string, unknown>): Record<string, unknown> {
  const scheduling = (input.scheduling ?? {}) as Record<string, unknown>;
  const storefront = (scheduling.storefront ?? {}) as Record<string, unknown>;
  const embedOrigins = String(storefront.embedOrigins ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => (/^https?:\/\//i.test(text) ? (URL.parse(text)?.origin ?? text) : text));
  return { ...input, scheduling: { ...scheduling, storefront: { ...storefront, embedOrigins } } };
}

export default function Scheduling() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Scheduling"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Who may plan what, and within which bounds. Holds from now on; a program or a tutor can say some of it differently."
      />
      <SchedulingForm {...data} answer={answer} />
    </>
  );
}
