import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addChecklistItem } from '#app/domain/checklists/add-checklist-item.server.ts';
import { CHECKLIST_ROLES, checklistItemSchema } from '#app/domain/checklists/checklist.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { ChecklistItemForm } from '../checklist-pages/checklist-item-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add an item · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const asked = new URL(args.request.url).searchParams.get('for');
  return { of: CHECKLIST_ROLES.find((role) => role === asked) ?? ('tutor' as const) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(checklistItemSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addChecklistItem(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/checklists');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewChecklistItem() {
  const { of } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add an item" back={{ to: '/office/settings/checklists', label: 'Checklists' }} />
      <ChecklistItemForm of={of} initial={{ how: ['office'] }} answer={answer} submit="Add item" />
    </>
  );
}
