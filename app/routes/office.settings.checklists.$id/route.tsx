import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { checklistItemEditSchema } from '#app/domain/checklists/checklist.schema.ts';
import { type ChecklistItem, getChecklistItem } from '#app/domain/checklists/checklist-queries.server.ts';
import { editChecklistItem } from '#app/domain/checklists/edit-checklist-item.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ChecklistItemForm } from '../checklist-pages/checklist-item-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.item.label ?? 'Item'} · Lectern` }];

const formValues = ({ label, help, doneBy, fact }: ChecklistItem) => asFormValues({ label, help, how: doneBy ?? fact });

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const item = await found(getChecklistItem(db, id));
  const history = await listAudit(db, { subjectType: 'checklist_item', subjectId: id, limit: 20 });
  return { item, initial: formValues(item), history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(checklistItemEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editChecklistItem(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/checklists');
  } catch (error) {
    return refusedRecord(error, form, async () => formValues(await getChecklistItem(context.db, id)));
  }
}

export default function ChecklistItemPage() {
  const { item, initial, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={item.label} archived={item.archivedAt !== null} />}
        back={{ to: '/office/settings/checklists', label: 'Checklists' }}
      />
      <RecordColumns>
        <RecordColumn>
          <ChecklistItemForm of={item.role} initial={initial} version={item.version} answer={answer} submit="Save" />
        </RecordColumn>
        <RecordColumn>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
