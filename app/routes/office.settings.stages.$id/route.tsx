import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { editStage } from '#app/domain/requests/edit-stage.server.ts';
import { stageEditSchema } from '#app/domain/requests/stage.schema.ts';
import { getStage } from '#app/domain/requests/stages.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { STAGES_PATH, StageForm } from '../request-pages/stage-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.stage.name ?? 'Stage'} · Lectern` }];

const valuesOf = ({ name, kind, ageingDays }: { name: string; kind: string; ageingDays: number | null }) =>
  asFormValues({ name, kind, ageingDays });

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const stage = await found(getStage(db, id));
  const history = await listAudit(db, { subjectType: 'request_stage', subjectId: id, limit: 20 });
  return { stage, initial: valuesOf(stage), history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context } = args;
  const id = recordIdOf(args.params);
  const form = await args.request.formData();
  const read = readRecord(stageEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editStage(context.db, actorOf(user, context), read.value);
    return redirect(STAGES_PATH);
  } catch (error) {
    return refusedRecord(error, form, async () => valuesOf(await getStage(context.db, id)));
  }
}

export default function StagePage() {
  const { stage, initial, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={stage.name} archived={stage.archivedAt !== null} />}
        back={{ to: STAGES_PATH, label: 'Stages of requests' }}
      />
      <RecordColumns>
        <RecordColumn>
          <StageForm initial={initial} version={stage.version} answer={answer} submit="Save" />
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
