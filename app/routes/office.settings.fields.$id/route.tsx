import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { entityNames, typeNames } from '#app/domain/fields/custom-field.ts';
import { editCustomField } from '#app/domain/fields/edit-custom-field.server.ts';
import { countFilledIn, getCustomField } from '#app/domain/fields/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { CustomFieldForm } from '../field-pages/custom-field-form.tsx';
import { fieldFormValues, readFieldEdit } from '../field-pages/field-values.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.field.label ?? 'Field'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const field = await found(getCustomField(db, id));
  const [history, filled] = await Promise.all([
    listAudit(db, { subjectType: 'custom_field', subjectId: id, limit: 20 }),
    countFilledIn(db, field),
  ]);
  return { field, initial: fieldFormValues(field), filled: filled.get(id) ?? 0, history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readFieldEdit(form, id);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editCustomField(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/fields');
  } catch (error) {
    return refusedRecord(error, form, async () => fieldFormValues(await getCustomField(context.db, id)));
  }
}

export default function CustomFieldPage() {
  const { field, initial, filled, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={field.label} archived={field.archivedAt !== null} />}
        back={{ to: '/office/settings/fields', label: 'Fields' }}
      />
      <RecordColumns>
        <RecordColumn>
          <CustomFieldForm
            entity={field.entity}
            type={field.type}
            initial={initial}
            version={field.version}
            answer={answer}
            submit="Save"
          />
        </RecordColumn>
        <RecordColumn>
          <Panel title="Stays as it was made">
            <Facts
              rows={[
                ['Field of', entityNames[field.entity].many],
                ['Filled in', typeNames[field.type]],
                ['Key in exports', field.key],
                ['Used', filled === 0 ? 'Nobody has filled it in yet' : `Filled in ${filled === 1 ? 'once' : `${filled} times`}`],
              ]}
            />
          </Panel>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
