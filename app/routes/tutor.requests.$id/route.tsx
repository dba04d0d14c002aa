import { Alert, Stack } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { DecideForms } from '../planning-pages/decide-forms.tsx';
import { actOnDecision, loadDecision } from '../planning-pages/decide-page.server.ts';
import { ownRequest } from '../planning-pages/own-records.server.ts';
import { tutorPlanner } from '../planning-pages/planner-of.server.ts';
import { ProposalForms } from '../planning-pages/proposal-forms.tsx';
import { actOnProposal } from '../planning-pages/proposal-page.server.ts';
import { RequestFacts } from '../planning-pages/request-facts.tsx';
import { viewRequest } from '../planning-pages/request-view.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.request.what ?? 'Request'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await tutorPlanner(args);
  const { context, planner, reader } = page;
  const { request, asked, answers } = await ownRequest(page, recordIdOf(args.params));
  return {
    request: viewRequest(request, { reader, as: 'tutor', currency: null }),
    tutorId: request.tutorId,
    asked,
    decision: answers ? await loadDecision({ context, reader, decider: planner }, request) : null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const page = await tutorPlanner(args);
  const { request, asked, answers } = await ownRequest(page, recordIdOf(args.params));
  const form = await args.request.formData();
  if (asked) return actOnProposal(page, request, form);
  if (!answers) return data(null, { status: 403 });
  const decided = await actOnDecision({ ...page, decider: page.planner }, request, form, `/tutor/requests/${request.id}`);
  // What was passed on is no longer the tutor's to see.
  if (decided instanceof Response && form.get('intent') === 'pass_on') decided.headers.set('location', '/tutor/requests');
  return decided;
}

export default function TutorRequest() {
  const { request, decision, tutorId, asked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        title={request.what}
        back={{ to: '/tutor/requests', label: 'Requests' }}
        description={`${request.title}: ${request.who}`}
      />
      <Stack gap="xl">
        {params.has('answered') ? (
          <Alert color="green" variant="light" role="status" title={`${request.state.label}. The family is told by mail.`} />
        ) : null}
        {params.has('asked') ? (
          <Alert color="green" variant="light" role="status" title="The office is asked. You get a mail with the answer." />
        ) : null}
        <RequestFacts request={request} sessions="/tutor/sessions" />
        {decision && request.waiting && (!answer || 'offers' in answer) ? (
          <DecideForms request={request} decision={decision} tutorId={tutorId} answer={answer} as="tutor" />
        ) : null}
        {asked && request.waiting ? (
          <ProposalForms request={request} answer={answer && !('offers' in answer) ? answer : undefined} mayTake />
        ) : null}
      </Stack>
    </>
  );
}
