import { randomUUID } from 'node:crypto';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { createPlace } from '#app/domain/places/create-place.server.ts';
import { placeSchema } from '#app/domain/places/place.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { PlaceForm } from '../place-forms/place-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a place · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'place.manage');
  const params = new URL(args.request.url).searchParams;
  return {
    id: randomUUID(),
    families: await listClientChoices(args.context.db),
    initial: { clientId: [params.get('client') ?? ''] },
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'place.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(placeSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    const { id } = await createPlace(context.db, context, actorOf(user, context), read.value);
    return redirect(`/office/settings/places/${id}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewPlace() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a place" back={{ to: '/office/settings/places', label: 'Places' }} />
      <PlaceForm {...page} answer={answer} submit="Add place" />
    </>
  );
}
