import { Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { cancellationReasonEditSchema } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { getCancellationReason } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { editCancellationReason } from '#app/domain/scheduling/edit-cancellation-reason.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { CancellationReasonForm } from '../record-forms/cancellation-reason-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.reason.label ?? 'Reason'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const reason = await found(getCancellationReason(db, id));
  const history = await listAudit(db, { subjectType: 'cancellation_reason', subjectId: id, limit: 20 });
  return { reason, history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(cancellationReasonEditSchema, form, {
    lists: ['saidBy'],
    shape: (input) => ({ ...input, id }),
  });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editCancellationReason(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/cancellation-reasons');
  } catch (error) {
    return refusedRecord(error, form, async () => {
      const { label, saidBy } = await getCancellationReason(context.db, id);
      return { label: [label], saidBy };
    });
  }
}

export default function CancellationReasonPage() {
  const { reason, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={reason.label} archived={reason.archivedAt !== null} />}
        back={{ to: '/office/settings/cancellation-reasons', label: 'Reasons for cancelling' }}
      />
      <RecordColumns>
        <RecordColumn>
          <CancellationReasonForm
            initial={{ label: [reason.label], saidBy: reason.saidBy }}
            version={reason.version}
            answer={answer}
            submit="Save"
          />
          {reason.used > 0 ? (
            <Text size="sm" c="dimmed">
              {reason.used === 1 ? 'One cancellation gave' : `${reason.used} cancellations gave`} this reason; they read as it is
              named here.
            </Text>
          ) : null}
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
