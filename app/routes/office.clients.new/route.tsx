import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { newClientSchema } from '#app/domain/people/client.schema.ts';
import { createClient } from '#app/domain/people/create-client.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { clientChoices } from '../record-forms/client-choices.server.ts';
import { ClientForm } from '../record-forms/client-form.tsx';
import { customForm, readCustomFields } from '../record-forms/read-custom.server.ts';

export const meta: MetaFunction = () => [{ title: 'Add a client · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { db } = args.context;
  const { fields } = await customForm(db, { entity: 'client', audience: officeAudience(user) });
  return { ...(await clientChoices(db)), custom: fields };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const form = await request.formData();
  const custom = { entity: 'client', audience: officeAudience(user) } as const;
  const read = await readCustomFields(context.db, form, custom, readRecord(newClientSchema, form));
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { id } = await createClient(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/clients/${id}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewClient() {
  const choices = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a client" back={{ to: '/office/clients', label: 'Clients' }} />
      <ClientForm {...choices} initial={{}} answer={answer} submit="Add client" cancelTo="/office/clients" />
    </>
  );
}
