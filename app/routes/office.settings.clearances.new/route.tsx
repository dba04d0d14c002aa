import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addClearanceType } from '#app/domain/clearances/add-clearance-type.server.ts';
import { clearanceTypeSchema } from '#app/domain/clearances/clearance.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { ClearanceTypeForm } from '../clearance-pages/type-form.tsx';
import { typeFormValues } from '../clearance-pages/type-values.ts';

export const meta: MetaFunction = () => [{ title: 'Add a kind of clearance · Lectern' }];

const PATH = '/office/settings/clearances';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(clearanceTypeSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addClearanceType(context.db, context, actorOf(user, context), read.value);
    return redirect(PATH);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const initial = typeFormValues({ name: '', required: 'always', validMonths: null, remindDays: [60, 30, 7, 0] });

export default function NewClearanceType() {
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a kind of clearance" back={{ to: PATH, label: 'Clearances' }} />
      <ClearanceTypeForm initial={initial} answer={answer} submit="Add" />
    </>
  );
}
