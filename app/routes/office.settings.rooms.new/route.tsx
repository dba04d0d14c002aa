import { randomUUID } from 'node:crypto';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { createRoom } from '#app/domain/places/create-room.server.ts';
import { roomSchema } from '#app/domain/places/place.schema.ts';
import { listWhereChoices } from '#app/domain/places/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RoomForm } from '../place-forms/room-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Add a room · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'place.manage');
  const { places } = await listWhereChoices(args.context.db);
  return { id: randomUUID(), places: places.filter((place) => place.clientId === null) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'place.manage');
  const { context, request } = args;
  const form = await request.formData();
  const read = readRecord(roomSchema, form);
  if (!read.ok) return refusedForm(read.answer);
  try {
    await createRoom(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/settings/rooms');
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function NewRoom() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Add a room" back={{ to: '/office/settings/rooms', label: 'Rooms' }} />
      <RoomForm {...page} initial={{}} answer={answer} submit="Add room" />
    </>
  );
}
