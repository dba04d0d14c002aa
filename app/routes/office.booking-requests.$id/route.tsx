import { Alert } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getBookingRequest } from '#app/domain/booking-requests/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { DecideForms } from '../planning-pages/decide-forms.tsx';
import { actOnDecision, loadDecision } from '../planning-pages/decide-page.server.ts';
import { RequestFacts } from '../planning-pages/request-facts.tsx';
import { viewRequest } from '../planning-pages/request-view.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.request.what ?? 'Request'} · Lectern` }];

const decider = { by: 'office' } as const;

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'booking-request.list');
  const { context } = args;
  const row = await found(getBookingRequest(context.db, recordIdOf(args.params)));
  const { organisation, reader } = await readerFor(user, context);
  const currency = can(user, 'rates.charge.read') ? organisation.currency : null;
  return {
    request: viewRequest(row, { reader, as: 'office', currency }),
    tutorId: row.tutorId,
    decision: await loadDecision({ context, reader, decider }, row),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'booking-request.list');
  const { context } = args;
  const row = await found(getBookingRequest(context.db, recordIdOf(args.params)));
  const { reader } = await readerFor(user, context);
  const on = { context, reader, decider, actor: actorOf(user, context) };
  return actOnDecision(on, row, await args.request.formData(), `/office/booking-requests/${row.id}`);
}

export default function OfficeRequest() {
  const { request, decision, tutorId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        title={request.what}
        back={{ to: '/office/booking-requests', label: 'Booking requests' }}
        description={`${request.title}: ${request.who}. Asked ${request.age} ago by ${request.askedBy}.`}
      />
      {params.has('answered') ? (
        <Alert color="green" variant="light" role="status" mb="md" title={`${request.state.label}. Who asked is told by mail.`} />
      ) : null}
      <RecordColumns>
        <RecordColumn>
          <Panel title="The request">
            <RequestFacts request={request} sessions="/office/sessions" />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          {request.waiting ? (
            <DecideForms request={request} decision={decision} tutorId={tutorId} answer={answer} as="office" />
          ) : null}
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
