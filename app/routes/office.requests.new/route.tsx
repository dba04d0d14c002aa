import { randomUUID } from 'node:crypto';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { createRequest } from '#app/domain/requests/create-request.server.ts';
import { newRequestSchema } from '#app/domain/requests/request.schema.ts';
import { listRequestChoices } from '#app/domain/requests/request-choices.server.ts';
import { customLabels } from '#app/ui/custom-form.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { refusedForm } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { weekWords } from '../availability-pages/week-words.server.ts';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';
import { DuplicatesAlert } from '../request-pages/duplicates-alert.tsx';
import { RequestFields } from '../request-pages/request-fields.tsx';
import { type RequestAnswer, readRequest, refusedRequest } from '../request-pages/request-form.server.ts';
import { requestLabels } from '../request-pages/request-words.ts';
import { WhoFields } from '../request-pages/who-fields.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import { requestInput } from './request-input.ts';

export const meta: MetaFunction = () => [{ title: 'New request · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { organisation, reader } = await readerFor(user, args.context);
  const choices = await listRequestChoices(args.context.db, {}, { people: true });
  const params = new URL(args.request.url).searchParams;
  const [studentId, clientId] = [params.get('student') ?? '', params.get('client') ?? ''];
  const onlyProgram = choices.programs.length === 1 ? choices.programs[0]?.id : null;
  const { fields } = await customForm(args.context.db, { entity: 'request', audience: officeAudience(user) });
  return {
    custom: fields,
    formId: randomUUID(),
    choices,
    zones: timeZones(organisation.timezone),
    week: weekWords(reader.locale),
    initial: asFormValues({
      who: studentId ? 'student' : clientId ? 'new_student' : 'new',
      ...{ studentId, clientId },
      programId: onlyProgram,
      sessionsPerWeek: 1,
      sessionMinutes: 60,
      urgency: 'normal',
      zone: organisation.timezone,
      assigneeId: user.id,
    }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { context } = args;
  const form = await args.request.formData();
  const custom = { entity: 'request', audience: officeAudience(user) } as const;
  const read = await readCustomFields(context.db, form, custom, readRequest(newRequestSchema, form, requestInput));
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { id } = await createRequest(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/requests/${id}`);
  } catch (error) {
    return refusedRequest(error, form);
  }
}

export default function NewRequest() {
  const { formId, choices, zones, week, initial, custom } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as RequestAnswer | undefined;
  return (
    <>
      <PageHeader
        title="New request"
        back={{ to: '/office/requests', label: 'Requests' }}
        description="What a family asks for. Only who it is for must be known; the rest can follow."
      />
      <RecordForm
        answer={answer}
        labels={{ ...requestLabels, ...customLabels(custom) }}
        submit="Add request"
        cancelTo="/office/requests"
      >
        <input type="hidden" name="id" value={answer?.values.id?.[0] ?? formId} readOnly />
        {/* What Enter presses: never one of the buttons of the likely duplicates. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
        {answer?.duplicates ? (
          <DuplicatesAlert duplicates={answer.duplicates} used={answer.values.use?.[0] ?? answer.values.used?.[0] ?? ''} />
        ) : null}
        <WhoFields initial={initial} answer={answer} choices={choices} />
        <RequestFields {...{ initial, answer, choices, week, zones, custom }} rows={[]} />
      </RecordForm>
    </>
  );
}
