import { Button } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { assignRequest } from '#app/domain/requests/assign-request.server.ts';
import { CustomPanel } from '#app/ui/custom-facts.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { BeginPanel } from '../offer-pages/begin-panel.tsx';
import { offersOf } from '../offer-pages/offers-of.server.ts';
import { OffersPanel } from '../offer-pages/offers-panel.tsx';
import { PersonTabs } from '../person-pages/person-tabs.tsx';
import { type MoveAnswer, moveAction } from '../request-pages/move-action.server.ts';
import { tasksOf } from '../task-pages/tasks-of.server.ts';
import { TasksPanel } from '../task-pages/tasks-panel.tsx';
import { AskedPanel } from './asked-panel.tsx';
import { LikelyTwice } from './likely-twice.tsx';
import { loadRequest } from './load-request.server.ts';
import { StagePanel } from './stage-panel.tsx';
import { TimesPanel } from './times-panel.tsx';
import { WhoPanel } from './who-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.view.name ?? 'Request'} · Requests · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const id = recordIdOf(args.params);
  const request = await loadRequest(id, args.context, user);
  return {
    ...request,
    tasks: await tasksOf(args.context, user, { kind: 'request', id }),
    ...(await offersOf(args.context, user, id)),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { context } = args;
  const id = recordIdOf(args.params);
  const form = await args.request.formData();
  if (form.get('intent') === 'move') {
    form.set('id', id);
    return moveAction(form, context, user);
  }
  const assigneeId = form.get('assigneeId');
  try {
    await assignRequest(context.db, actorOf(user, context), {
      id,
      assigneeId: typeof assigneeId === 'string' && assigneeId !== '' ? assigneeId : null,
    });
    return data<MoveAnswer>({ moved: null, message: null });
  } catch (error) {
    return refusedAction(error);
  }
}

export default function RequestPage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { view, request } = page;
  return (
    <>
      <PageHeader
        title={view.name}
        back={{ to: '/office/requests', label: 'Requests' }}
        description={[view.subject, view.amount, view.where].filter(Boolean).join(' · ')}
        actions={
          <>
            <Button component={Link} to="edit" variant="default">
              Edit
            </Button>
            {view.closed ? null : (
              <Button component={Link} to="match">
                Find a tutor
              </Button>
            )}
          </>
        }
      />
      <PersonTabs type="request" id={request.id} />
      <ToldAlert told={answer?.message ? { message: answer.message } : undefined} />
      <LikelyTwice duplicates={page.duplicates} />
      <RecordColumns>
        <RecordColumn>
          <StagePanel
            view={view}
            stages={page.stages}
            office={page.office}
            reasons={page.reasons}
            reason={request.closedReason}
          />
          <AskedPanel request={request} view={view} tags={page.tags} />
          <CustomPanel custom={page.custom} />
          <TimesPanel times={page.times} zone={page.zoneDiffers ? request.zone : null} />
        </RecordColumn>
        <RecordColumn>
          <BeginPanel begin={page.begin} />
          <OffersPanel offers={page.offers} requestId={request.id} open={!view.closed} />
          <TasksPanel tasks={page.tasks} />
          <WhoPanel request={request} contacts={page.contacts} />
          <Panel title="History">
            <RecordHistory lines={page.history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
