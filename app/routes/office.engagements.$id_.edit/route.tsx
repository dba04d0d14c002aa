import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { editEngagement } from '#app/domain/engagements/edit-engagement.server.ts';
import { engagementEditSchema } from '#app/domain/engagements/engagement.schema.ts';
import { getEngagement } from '#app/domain/engagements/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { engagementFormValues } from '../record-forms/engagement-choices.server.ts';
import { EngagementForm } from '../record-forms/engagement-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Edit engagement · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'engagement.manage');
  const { db, clock } = args.context;
  const row = await found(getEngagement(db, clock(), recordIdOf(args.params)));
  const { id, version, tutorName, studentName, subjectName, programName } = row;
  return {
    id,
    version,
    name: `${studentName} with ${tutorName}`,
    what: `${subjectName}, ${programName}`,
    initial: engagementFormValues(row),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'engagement.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(engagementEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editEngagement(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/engagements/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => engagementFormValues(await getEngagement(context.db, context.clock(), id)));
  }
}

export default function EditEngagement() {
  const { id, name, what, initial, version } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = `/office/engagements/${id}`;
  return (
    <>
      <PageHeader title="Edit engagement" back={{ to: back, label: name }} description={`${name}: ${what}`} />
      <EngagementForm
        {...{ initial, version, answer }}
        tutors={[]}
        students={[]}
        programs={[]}
        subjects={[]}
        submit="Save"
        cancelTo={back}
      />
    </>
  );
}
