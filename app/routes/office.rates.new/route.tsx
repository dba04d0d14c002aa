import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { createRate } from '#app/domain/billing/create-rate.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { rateSchema } from '#app/domain/billing/rate.schema.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { wayBack } from '../money-pages/way-back.ts';
import { rateChoices } from '../record-forms/rate-choices.server.ts';
import { RateForm } from './rate-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a rate · Lectern' }];

const RATES = { to: '/office/rates', label: 'Rates' };

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'rates.manage');
  const { db, clock } = args.context;
  const { currency, timezone } = await getOrganisation(db);
  const given = new URL(args.request.url).searchParams;
  const initial = asFormValues({
    side: given.get('side') ?? 'charge',
    basis: 'per_hour',
    programId: given.get('programId'),
    subjectId: given.get('subjectId'),
    tutorId: given.get('tutorId'),
    studentId: given.get('studentId'),
    validFrom: localDateOf(clock(), timezone),
  });
  return { currency, initial, back: wayBack(args.request, RATES), choices: await rateChoices(db) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'rates.manage');
  const { context, request } = args;
  const form = await request.formData();
  const { currency } = await getOrganisation(context.db);
  const read = readRecord(rateSchema(currencyDigits(currency)), form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await createRate(context.db, context, actorOf(user, context), read.value);
    return redirect(wayBack(request, RATES).to);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewRate() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a rate" back={data.back} />
      <RateForm {...data} answer={answer} />
    </>
  );
}
