import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { editRoom } from '#app/domain/places/edit-room.server.ts';
import { roomEditSchema } from '#app/domain/places/place.schema.ts';
import { getRoom, listWhereChoices } from '#app/domain/places/queries.server.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { roomFormValues } from '../place-forms/place-values.ts';
import { RoomForm } from '../place-forms/room-form.tsx';
import { archiveAction } from '../record-forms/archive-action.server.ts';
import { ArchiveButton } from '../record-forms/archive-button.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Room'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'place.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const room = await found(getRoom(db, id));
  const [{ places }, history] = await Promise.all([
    listWhereChoices(db, { placeId: room.placeId }),
    listAudit(db, { subjectType: 'room', subjectId: id, limit: 20 }),
  ]);
  return {
    id,
    name: room.name,
    archived: room.archivedAt !== null,
    version: room.version,
    initial: roomFormValues(room),
    places: places.filter((place) => place.clientId === null || place.id === room.placeId),
    history: history.map(historyLine),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'place.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const actor = actorOf(user, context);
  const form = await request.formData();
  const archived = await archiveAction(context, actor, { kind: 'room', id }, form.get('intent'));
  if (archived !== undefined) return archived;
  const read = readRecord(roomEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editRoom(context.db, context, actor, read.value);
    return redirect('/office/settings/rooms');
  } catch (error) {
    return refusedRecord(error, form, async () => roomFormValues(await getRoom(context.db, id)));
  }
}

export default function Room() {
  const { name, archived, history, ...form } = useLoaderData<typeof loader>();
  const { answer, told } = answerOf(useActionData<typeof action>());
  return (
    <>
      <PageHeader
        title={<RecordTitle name={name} archived={archived} />}
        back={{ to: '/office/settings/rooms', label: 'Rooms' }}
        actions={
          <ArchiveButton
            archived={archived}
            consequence="It can’t be chosen for new sessions. Those that were in it stay in it."
          />
        }
      />
      <ToldAlert told={told} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="The room">
            <RoomForm {...form} answer={answer} submit="Save" />
          </Panel>
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
