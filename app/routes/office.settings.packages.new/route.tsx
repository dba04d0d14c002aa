import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addPackage } from '#app/domain/credits/add-package.server.ts';
import { packageSchema } from '#app/domain/credits/package.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { packageChoices } from '../credit-pages/package-values.server.ts';
import { PackageForm } from '../record-forms/package-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a package · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { choices } = await packageChoices(args.context);
  return { choices };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const form = await request.formData();
  const { digits, unit } = await packageChoices(context);
  const read = readRecord(packageSchema(digits, unit), form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addPackage(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/packages');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewPackage() {
  const { choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a package" back={{ to: '/office/settings/packages', label: 'Packages' }} />
      <PackageForm initial={{ taxPercent: ['0'] }} answer={answer} submit="Add package" choices={choices} />
    </>
  );
}
