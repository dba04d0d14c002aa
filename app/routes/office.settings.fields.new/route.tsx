import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { addCustomField } from '#app/domain/fields/add-custom-field.server.ts';
import { ENTITIES, entityNames } from '#app/domain/fields/custom-field.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { CustomFieldForm } from '../field-pages/custom-field-form.tsx';
import { readNewField } from '../field-pages/field-values.server.ts';

export const meta: MetaFunction = () => [{ title: 'Add a field · Lectern' }];

/** Of what it is a field stands in the address: ?of=student */
const entityOf = (request: Request) => {
  const of = new URL(request.url).searchParams.get('of');
  return ENTITIES.find((entity) => entity === of) ?? 'student';
};

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  return { entity: entityOf(args.request) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readNewField(form, entityOf(request));
  if (!read.ok) return refusedForm(read.answer);
  try {
    await addCustomField(context.db, actorOf(user, context), read.value);
    return redirect(`/office/settings/fields#${read.value.entity}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewCustomField() {
  const { entity } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={`Add a field of a ${entityNames[entity].one}`}
        back={{ to: '/office/settings/fields', label: 'Fields' }}
      />
      <CustomFieldForm
        entity={entity}
        initial={{ type: ['text'], seenBy: ['scheduler'], editedBy: ['scheduler'] }}
        answer={answer}
        submit="Add field"
      />
    </>
  );
}
