import { Alert, Stack, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { ownRequest } from '../planning-pages/own-records.server.ts';
import { familyPlanner } from '../planning-pages/planner-of.server.ts';
import { ProposalForms } from '../planning-pages/proposal-forms.tsx';
import { actOnProposal } from '../planning-pages/proposal-page.server.ts';
import { RequestFacts } from '../planning-pages/request-facts.tsx';
import { viewRequest } from '../planning-pages/request-view.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.request.what ?? 'Request'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await familyPlanner(args);
  const { request } = await ownRequest(page, recordIdOf(args.params));
  const currency = page.money ? page.organisation.currency : null;
  return {
    request: viewRequest(request, { reader: page.reader, as: 'family', currency }),
    mayTake: request.kind === 'move' || page.planner.clientIds.includes(request.clientId),
  };
}

export async function action(args: ActionFunctionArgs) {
  const page = await familyPlanner(args);
  const { request } = await ownRequest(page, recordIdOf(args.params));
  return actOnProposal(page, request, await args.request.formData());
}

export default function FamilyRequest() {
  const { request, mayTake } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        title={request.what}
        back={{ to: '/family/requests', label: 'Requests' }}
        description={`${request.title}: ${request.who}`}
      />
      <Stack gap="xl">
        {params.has('asked') && request.waiting ? (
          <Alert color="green" variant="light" role="status" title={`Asked. ${request.routedTo} answers, and you get a mail.`} />
        ) : null}
        <RequestFacts request={request} sessions="/family/sessions" />
        {request.waiting && !request.proposed ? (
          <Text size="sm" c="dimmed">
            {request.kind === 'new' ? 'Nothing is booked' : 'The session stays as it is'} until it is answered.
          </Text>
        ) : null}
        {request.waiting ? <ProposalForms request={request} answer={answer} mayTake={mayTake} /> : null}
      </Stack>
    </>
  );
}
