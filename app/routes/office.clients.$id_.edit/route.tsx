import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { clientEditSchema } from '#app/domain/people/client.schema.ts';
import { editClient } from '#app/domain/people/edit-client.server.ts';
import { getClient } from '#app/domain/people/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { clientChoices, clientFormValues } from '../record-forms/client-choices.server.ts';
import { ClientForm } from '../record-forms/client-form.tsx';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Edit ${data?.name ?? 'client'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { db } = args.context;
  const client = await found(getClient(db, recordIdOf(args.params)));
  const { id, name, version } = client;
  const { fields, initial } = await customForm(db, { entity: 'client', audience: officeAudience(user), id });
  return {
    id,
    name,
    version,
    initial: { ...clientFormValues(client), ...initial },
    custom: fields,
    choices: await clientChoices(db, client),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const custom = { entity: 'client', audience: officeAudience(user), id } as const;
  const own = readRecord(clientEditSchema, form, { shape: (input) => ({ ...input, id }) });
  const read = await readCustomFields(context.db, form, custom, own);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editClient(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/clients/${id}`);
  } catch (error) {
    return refusedRecord(error, form, async () => ({
      ...clientFormValues(await getClient(context.db, id)),
      ...(await customForm(context.db, custom)).initial,
    }));
  }
}

export default function EditClient() {
  const { id, name, version, initial, custom, choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={`Edit ${name}`} back={{ to: `/office/clients/${id}`, label: name }} />
      <ClientForm
        {...choices}
        custom={custom}
        version={version}
        initial={initial}
        answer={answer}
        submit="Save"
        cancelTo={`/office/clients/${id}`}
      />
    </>
  );
}
