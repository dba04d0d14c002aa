import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addCancellationReason } from '#app/domain/scheduling/add-cancellation-reason.server.ts';
import { cancellationReasonSchema, SAID_BY } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { CancellationReasonForm } from '../record-forms/cancellation-reason-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a reason · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(cancellationReasonSchema, form, { lists: ['saidBy'] });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addCancellationReason(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/cancellation-reasons');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewCancellationReason() {
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a reason" back={{ to: '/office/settings/cancellation-reasons', label: 'Reasons for cancelling' }} />
      <CancellationReasonForm initial={{ saidBy: [...SAID_BY] }} answer={answer} submit="Add reason" />
    </>
  );
}
