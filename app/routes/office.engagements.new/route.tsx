import { randomUUID } from 'node:crypto';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { createEngagement } from '#app/domain/engagements/create-engagement.server.ts';
import { engagementSchema } from '#app/domain/engagements/engagement.schema.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { engagementChoices } from '../record-forms/engagement-choices.server.ts';
import { EngagementForm } from '../record-forms/engagement-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Engage a tutor · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'engagement.manage');
  const { db, clock } = args.context;
  const params = new URL(args.request.url).searchParams;
  const asked = (name: string) => (isId(params.get(name)) ? params.get(name) : '');
  const [choices, { timezone }] = await Promise.all([engagementChoices(db, { tutorId: asked('tutor') }), getOrganisation(db)]);
  const initial = asFormValues({
    tutorId: asked('tutor'),
    studentId: asked('student'),
    programId: choices.programs.length === 1 ? (choices.programs[0]?.id ?? '') : '',
    startsOn: localDateOf(clock(), timezone),
  });
  return { ...choices, initial, formId: randomUUID() };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'engagement.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(engagementSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  const formId = form.get('id');
  const once = typeof formId === 'string' && isId(formId) ? { id: formId } : {};
  try {
    const { id } = await createEngagement(context.db, context, actorOf(user, context), { ...read.value, ...once });
    return redirect(`/office/engagements/${id}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewEngagement() {
  const data = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Engage a tutor"
        back={{ to: '/office/engagements', label: 'Engagements' }}
        description="A tutor matched to a student for a subject: who plans it, how many hours a week, from when on."
      />
      <EngagementForm {...data} answer={answer} submit="Engage" cancelTo="/office/engagements" />
    </>
  );
}
