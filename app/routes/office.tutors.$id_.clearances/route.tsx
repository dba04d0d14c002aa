import { Stack, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { KindsList } from '../clearance-pages/kinds-list.tsx';
import { SendClearanceForm } from '../clearance-pages/send-form.tsx';
import { loadKinds, sendClearance } from '../clearance-pages/send-page.server.ts';
import { PersonTabs } from '../person-pages/person-tabs.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.tutor.name ?? 'Tutor'}: clearances · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { context, request } = args;
  const { id, name, archivedAt } = await found(getTutor(context.db, recordIdOf(args.params)));
  return {
    tutor: { id, name, archived: archivedAt !== null },
    ...(await loadKinds(context, id, request)),
    maySet: can(user, 'organisation.manage'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { context, request } = args;
  const tutorId = recordIdOf(args.params);
  await found(getTutor(context.db, tutorId));
  const path = `/office/tutors/${tutorId}/clearances`;
  return sendClearance(context, actorOf(user, context), await request.formData(), { tutorId, by: 'office', path });
}

export default function TutorClearances() {
  const { tutor, kinds, types, typeId, taken, formId, today, maySet } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={<RecordTitle name={tutor.name} archived={tutor.archived} />}
        back={{ to: '/office/tutors', label: 'Tutors' }}
      />
      <PersonTabs type="tutor" id={tutor.id} />
      {kinds.length === 0 ? (
        <EmptyState
          title="No clearances are asked for"
          text="Checks, permits and contracts that tutors need are kept here, with the day they run out. An administrator says which under Settings, Clearances."
          action={maySet ? { to: '/office/settings/clearances/new', label: 'Add a kind of clearance' } : undefined}
        />
      ) : (
        <RecordColumns>
          <RecordColumn>
            <KindsList kinds={kinds} today={today} paperPath="/office/clearances" />
          </RecordColumn>
          <RecordColumn>
            {types.length > 0 ? (
              <Panel title="Add a clearance">
                <Stack gap="xs">
                  <Text size="sm" c="dimmed">
                    A new one takes the place of the old when it is good for longer. The tutor sees it, with its file.
                  </Text>
                  <SendClearanceForm
                    key={formId}
                    id={formId}
                    types={types}
                    typeId={typeId}
                    taken={taken}
                    answer={answer ?? undefined}
                    as="office"
                  />
                </Stack>
              </Panel>
            ) : null}
          </RecordColumn>
        </RecordColumns>
      )}
    </>
  );
}
