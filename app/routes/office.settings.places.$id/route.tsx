import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { editPlace } from '#app/domain/places/edit-place.server.ts';
import { placeEditSchema, travelTimeSchema } from '#app/domain/places/place.schema.ts';
import { getPlace, listPairs } from '#app/domain/places/queries.server.ts';
import { removeTravelTime } from '#app/domain/places/remove-travel-time.server.ts';
import { setTravelTime } from '#app/domain/places/set-travel-time.server.ts';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { PlaceForm } from '../place-forms/place-form.tsx';
import { placeFormValues } from '../place-forms/place-values.ts';
import { archiveAction } from '../record-forms/archive-action.server.ts';
import { ArchiveButton } from '../record-forms/archive-button.tsx';
import { TravelTimes } from './travel-times.tsx';
import { viewPairs } from './view-pairs.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Place'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'place.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const place = await found(getPlace(db, id));
  const [families, pairs, organisation, history] = await Promise.all([
    listClientChoices(db, place.clientId),
    listPairs(db, id),
    getOrganisation(db),
    listAudit(db, { subjectType: 'place', subjectId: id, limit: 20 }),
  ]);
  return {
    id,
    name: place.name,
    archived: place.archivedAt !== null,
    version: place.version,
    initial: placeFormValues(place),
    families,
    travel: viewPairs(place, pairs, readSchedulingRules(organisation.scheduling).travel),
    history: history.map(historyLine),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'place.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const actor = actorOf(user, context);
  const form = await request.formData();
  const intent = form.get('intent');
  const archived = await archiveAction(context, actor, { kind: 'place', id }, intent);
  if (archived !== undefined) return archived;
  const here = `/office/settings/places/${id}`;
  try {
    if (intent === 'remove-travel') {
      const otherId = String(form.get('otherId'));
      if (isId(otherId)) await removeTravelTime(context.db, context, actor, { placeId: id, otherId });
      return redirect(`${here}#travel`);
    }
    if (intent === 'travel') {
      const read = readRecord(travelTimeSchema, form, { shape: (input) => ({ ...input, placeId: id }) });
      if (!read.ok) return refusedForm(read.answer);
      await setTravelTime(context.db, context, actor, read.value);
      return redirect(`${here}#travel`);
    }
    const read = readRecord(placeEditSchema, form, { shape: (input) => ({ ...input, id }) });
    if (!read.ok) return refusedForm(read.answer);
    await editPlace(context.db, context, actor, read.value);
    return redirect('/office/settings/places');
  } catch (error) {
    return refusedRecord(error, form, async () => placeFormValues(await getPlace(context.db, id)));
  }
}

export default function Place() {
  const { name, archived, history, travel, ...form } = useLoaderData<typeof loader>();
  const { answer, told } = answerOf(useActionData<typeof action>());
  const ofTravel = answer?.values.intent?.[0] === 'travel';
  return (
    <>
      <PageHeader
        title={<RecordTitle name={name} archived={archived} />}
        back={{ to: '/office/settings/places', label: 'Places' }}
        actions={
          <ArchiveButton
            archived={archived}
            consequence="It can’t be chosen for new sessions. Those that were there stay there."
          />
        }
      />
      <ToldAlert told={told} />
      <RecordColumns>
        <RecordColumn>
          <Panel title="The place">
            <PlaceForm key={form.version} {...form} answer={ofTravel ? undefined : answer} submit="Save" />
          </Panel>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <TravelTimes travel={travel} answer={ofTravel ? answer : undefined} />
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
