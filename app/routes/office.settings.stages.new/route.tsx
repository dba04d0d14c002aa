import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addStage } from '#app/domain/requests/add-stage.server.ts';
import { stageSchema } from '#app/domain/requests/stage.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { STAGES_PATH, StageForm } from '../request-pages/stage-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a stage · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return null;
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context } = args;
  const form = await args.request.formData();
  const read = readRecord(stageSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addStage(context.db, actorOf(user, context), read.value);
    return redirect(STAGES_PATH);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewStage() {
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a stage" back={{ to: STAGES_PATH, label: 'Stages of requests' }} />
      <StageForm initial={{ kind: ['working'] }} answer={answer} submit="Add stage" />
    </>
  );
}
