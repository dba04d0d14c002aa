import { Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { editPackage } from '#app/domain/credits/edit-package.server.ts';
import { packageEditSchema } from '#app/domain/credits/package.schema.ts';
import { getPackage } from '#app/domain/credits/package-queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { packageChoices, packageFormValues } from '../credit-pages/package-values.server.ts';
import { PackageForm } from '../record-forms/package-form.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.one.name ?? 'Package'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { db } = args.context;
  const one = await found(getPackage(db, recordIdOf(args.params)));
  const measure = await packageChoices(args.context, one.programId);
  const history = await listAudit(db, { subjectType: 'package', subjectId: one.id, limit: 20 });
  return { one, choices: measure.choices, initial: packageFormValues(one, measure), history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const measure = await packageChoices(context);
  const read = readRecord(packageEditSchema(measure.digits, measure.unit), form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editPackage(context.db, actorOf(user, context), read.value);
    return redirect('/office/settings/packages');
  } catch (error) {
    return refusedRecord(error, form, async () => packageFormValues(await getPackage(context.db, id), measure));
  }
}

export default function PackagePage() {
  const { one, choices, initial, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={one.name} archived={one.archivedAt !== null} />}
        back={{ to: '/office/settings/packages', label: 'Packages' }}
      />
      <RecordColumns>
        <RecordColumn>
          <PackageForm initial={initial} version={one.version} answer={answer} submit="Save" choices={choices} />
          <Text size="sm" c="dimmed">
            {one.sold === 0
              ? 'Not sold yet.'
              : `Sold ${one.sold === 1 ? 'once' : `${one.sold} times`}. What was sold keeps its credits, price and last day.`}
          </Text>
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
