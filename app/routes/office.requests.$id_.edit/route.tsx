import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { editRequest } from '#app/domain/requests/edit-request.server.ts';
import { getRequest } from '#app/domain/requests/queries.server.ts';
import { requestEditSchema } from '#app/domain/requests/request.schema.ts';
import { listRequestChoices } from '#app/domain/requests/request-choices.server.ts';
import { tagsOf } from '#app/domain/tags/queries.server.ts';
import { customLabels } from '#app/ui/custom-form.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedForm } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { weekWords } from '../availability-pages/week-words.server.ts';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';
import { RequestFields } from '../request-pages/request-fields.tsx';
import { readRequest, refusedRequest, requestFormValues, requestRows } from '../request-pages/request-form.server.ts';
import { requestLabels } from '../request-pages/request-words.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

export const meta: MetaFunction = () => [{ title: 'Edit request · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const request = await found(getRequest(db, clock(), id));
  const { reader } = await readerFor(user, args.context);
  const [choices, tags] = await Promise.all([listRequestChoices(db, request), tagsOf(db, 'requestId', [id])]);
  const { fields, initial } = await customForm(db, { entity: 'request', audience: officeAudience(user), id });
  return {
    id,
    custom: fields,
    name: request.studentName || request.ref,
    version: request.version,
    choices,
    zones: timeZones(request.zone),
    week: weekWords(reader.locale),
    rows: requestRows(request),
    initial: {
      ...requestFormValues(
        request,
        (tags.get(id) ?? []).map((tag) => tag.name),
      ),
      ...initial,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { context } = args;
  const id = recordIdOf(args.params);
  const form = await args.request.formData();
  const custom = { entity: 'request', audience: officeAudience(user), id } as const;
  const own = readRequest(requestEditSchema, form, (input) => ({ ...input, id }));
  const read = await readCustomFields(context.db, form, custom, own);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editRequest(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/requests/${id}`);
  } catch (error) {
    return refusedRequest(error, form, async () => {
      const [request, tags, more] = await Promise.all([
        getRequest(context.db, context.clock(), id),
        tagsOf(context.db, 'requestId', [id]),
        customForm(context.db, custom),
      ]);
      const names = (tags.get(id) ?? []).map((tag) => tag.name);
      return { ...requestFormValues(request, names), ...more.initial };
    });
  }
}

export default function EditRequest() {
  const { id, name, version, initial, ...fields } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = `/office/requests/${id}`;
  return (
    <>
      <PageHeader title="Edit request" back={{ to: back, label: name }} />
      <RecordForm
        answer={answer}
        version={version}
        labels={{ ...requestLabels, ...customLabels(fields.custom) }}
        submit="Save"
        cancelTo={back}
      >
        <RequestFields {...fields} initial={initial} answer={answer} />
      </RecordForm>
    </>
  );
}
