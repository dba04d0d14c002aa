import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { clearanceTypeEditSchema } from '#app/domain/clearances/clearance.schema.ts';
import { editClearanceType } from '#app/domain/clearances/edit-clearance-type.server.ts';
import { getClearanceType } from '#app/domain/clearances/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ClearanceTypeForm } from '../clearance-pages/type-form.tsx';
import { typeFormValues } from '../clearance-pages/type-values.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.type.name ?? 'Clearance'} · Lectern` }];

const PATH = '/office/settings/clearances';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const type = await found(getClearanceType(db, recordIdOf(args.params)));
  const history = await listAudit(db, { subjectType: 'clearance_type', subjectId: type.id, limit: 20 });
  return { type, history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(clearanceTypeEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editClearanceType(context.db, context, actorOf(user, context), read.value);
    return redirect(PATH);
  } catch (error) {
    return refusedRecord(error, form, async () => typeFormValues(await getClearanceType(context.db, id)));
  }
}

export default function ClearanceType() {
  const { type, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={type.name} archived={type.archivedAt !== null} />}
        back={{ to: PATH, label: 'Clearances' }}
      />
      <RecordColumns>
        <RecordColumn>
          <ClearanceTypeForm initial={typeFormValues(type)} version={type.version} answer={answer} submit="Save" />
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
