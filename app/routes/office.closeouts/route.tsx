import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { listToApprove, listToCloseOut } from '#app/domain/closeout/queries.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { OFFICE_SEES_AFTER_HOURS } from '#app/domain/scheduling/today.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { problemOf } from '#app/ui/session-problem.ts';
import { outcomeView } from '#app/ui/session-status.ts';
import { viewSession } from '#app/ui/session-view.ts';
import { timeText } from '#app/ui/session-when.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { ApproveList } from './approve-list.tsx';
import { OverdueList } from './overdue-list.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { organisation, reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const show = params.get('show') === 'overdue' ? ('overdue' as const) : ('approve' as const);
  const [toApprove, open] = await Promise.all([listToApprove(context.db), listToCloseOut(context.db, { now: reader.now })]);
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/office/sessions', office: true };
  const overdue = open.filter((row) => row.overdueMinutes >= OFFICE_SEES_AFTER_HOURS * 60);
  return {
    show,
    overdueAfterHours: OFFICE_SEES_AFTER_HOURS,
    approved: Number(params.get('approved') ?? 0) || 0,
    sentBack: params.has('sent-back'),
    toApprove: toApprove.map((row) => ({
      ...viewSession(row, options),
      deviates: row.deviates,
      differences: differences(row, timeText(reader, row.actualStartsAt)),
      notes: row.notes,
      privateNote: row.privateNote,
    })),
    overdue: overdue.map((row) => ({
      ...viewSession(row, options),
      waits: waits(row.overdueMinutes),
      sentBackReason: row.sentBackReason,
    })),
    waiting: open.length - overdue.length,
  };
}

function differences(row: Awaited<ReturnType<typeof listToApprove>>[number], began: string): string[] {
  const texts: string[] = [];
  if (row.startDeviation !== 0)
    texts.push(`began at ${began}, ${Math.abs(row.startDeviation)} min ${row.startDeviation > 0 ? 'late' : 'early'}`);
  if (row.minutesDeviation !== 0) texts.push(`${row.actualMinutes} min instead of ${row.durationMinutes}`);
  for (const place of row.places) {
    if (!['attended', 'cancelled', 'late_cancel'].includes(place.outcome))
      texts.push(`${place.name}: ${outcomeView(place.outcome).label.toLowerCase()}`);
  }
  if (row.miles) texts.push(`${row.miles} miles`);
  return texts;
}

function waits(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  return days >= 2 ? `${days} days` : `${Math.floor(minutes / 60)} h`;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'closeout.approve');
  const { reader } = await readerFor(user, context);
  const form = await request.formData();
  const actor = actorOf(user, context);
  const sendBack = textOf(form, 'send-back');
  try {
    if (isId(sendBack)) {
      await sendBackCloseOut(context.db, context, actor, { sessionId: sendBack, reason: textOf(form, `reason.${sendBack}`) });
      return redirect('/office/closeouts?sent-back');
    }
    const one = textOf(form, 'approve-one');
    const sessionIds = isId(one)
      ? [one]
      : form.getAll('session').filter((id): id is string => typeof id === 'string' && isId(id));
    if (sessionIds.length === 0) {
      return data(
        { sessionId: '', reason: '', problem: { message: 'Tick the close-outs to approve first.', errors: {}, clashes: [] } },
        { status: 400 },
      );
    }
    const { approved } = await approveCloseOuts(context.db, context, actor, { sessionIds });
    return redirect(`/office/closeouts?approved=${approved.length}`);
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ sessionId: sendBack, reason: textOf(form, `reason.${sendBack}`), problem }, { status });
  }
}

export const meta: MetaFunction = () => [{ title: 'Close-outs · Lectern' }];

export default function CloseOuts() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Close-outs" description="What tutors say took place. Once approved it goes onto invoices and pay." />
      <Group component="nav" aria-label="Close-outs" gap="lg" mb="md">
        <Tab to="/office/closeouts" current={page.show === 'approve'} label={`To approve (${page.toApprove.length})`} />
        <Tab to="/office/closeouts?show=overdue" current={page.show === 'overdue'} label={`Overdue (${page.overdue.length})`} />
      </Group>
      {page.approved > 0 ? (
        <Alert
          color="green"
          mb="md"
          role="status"
          title={page.approved === 1 ? '1 close-out is approved' : `${page.approved} close-outs are approved`}
        />
      ) : null}
      {page.sentBack ? <Alert color="green" mb="md" role="status" title="The close-out is with its tutor again" /> : null}
      {page.show === 'overdue' ? (
        <Stack gap="md">
          {page.overdue.length === 0 ? (
            <EmptyState
              title="Nothing is overdue"
              text={`Sessions that nobody has closed out ${page.overdueAfterHours} hours after their end are listed here.`}
            />
          ) : (
            <OverdueList overdue={page.overdue} />
          )}
          {page.waiting > 0 ? (
            <Text size="sm" c="dimmed">
              {page.waiting === 1 ? '1 more session waits' : `${page.waiting} more sessions wait`} for a close-out, not overdue
              yet.{' '}
              <Anchor component={Link} to="/office/sessions?from=&status=to_close_out" size="sm" underline="always">
                Show all
              </Anchor>
            </Text>
          ) : null}
        </Stack>
      ) : page.toApprove.length === 0 ? (
        <EmptyState
          title="Nothing to approve"
          text="Close-outs of programs whose policy asks for approval wait here, those that deviate from the plan first."
          action={
            page.overdue.length > 0
              ? { to: '/office/closeouts?show=overdue', label: `See the ${page.overdue.length} overdue` }
              : undefined
          }
        />
      ) : (
        <ApproveList rows={page.toApprove} answer={answer} />
      )}
    </>
  );
}

function Tab({ to, current, label }: { to: string; current: boolean; label: string }) {
  return (
    <Anchor
      component={Link}
      to={to}
      aria-current={current ? 'page' : undefined}
      c={current ? undefined : 'dimmed'}
      fw={current ? 600 : 400}
      className="tabular"
    >
      {label}
    </Anchor>
  );
}
