import { Alert, Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { confirmProposal, sendBackProposal } from '#app/domain/billing/decide-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { whatChanged } from '#app/domain/billing/preview-invoice-run-changes.ts';
import { getProposal } from '#app/domain/billing/proposal-queries.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { Facts } from '../money-pages/facts.tsx';
import { many } from '../money-pages/many.ts';
import { ChangedSince } from '../money-pages/notices.tsx';
import { dayBefore } from '../money-pages/period.ts';
import { refusalOf, textOf } from '../money-pages/refusal.server.ts';
import { wizardAddress } from '../office.invoice-runs.new/wizard-address.ts';

export const meta: MetaFunction = () => [{ title: 'Invoices to confirm · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { db, clock } = args.context;
  const { seen, previewHash, ...proposal } = await found(getProposal(db, recordIdOf(args.params)));
  const { clientIds, programIds, billingInstallIds } = proposal;
  const scope = { clientIds, programIds, billingInstallIds };
  const preview =
    proposal.status === 'open'
      ? await previewInvoiceRun(db, { from: proposal.periodFrom, to: proposal.periodTo, scope }, clock())
      : null;
  const names = new Map(preview?.families.map((family) => [family.clientRef, family.clientName]));
  return {
    proposal,
    scope,
    mine: proposal.proposedBy === user.id,
    totals: preview?.totals ?? null,
    mailed: preview?.families.filter((family) => family.clientEmail).length ?? 0,
    same: preview?.hash === previewHash,
    changes: preview ? whatChanged(seen, preview, (ref) => names.get(ref) ?? ref) : [],
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { db } = args.context;
  const form = await args.request.formData();
  const proposalId = recordIdOf(args.params);
  const actor = actorOf(user, args.context);
  let runId: string;
  try {
    if (textOf(form, 'intent') === 'send-back') {
      await found(sendBackProposal(db, args.context, actor, { proposalId, note: textOf(form, 'note') }));
      throw redirect(`/office/invoice-runs/proposals/${proposalId}`);
    }
    runId = (await found(confirmProposal(db, args.context, actor, { proposalId }))).runId;
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/invoice-runs/${runId}`);
}

export default function Proposal() {
  const { proposal, scope, mine, totals, mailed, same, changes } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const address = { from: proposal.periodFrom, until: dayBefore(proposal.periodTo), scope };
  const open = proposal.status === 'open';
  return (
    <>
      <PageHeader
        title="Invoices to confirm"
        description={
          <>
            <LocalDate value={proposal.periodFrom} /> to <LocalDate value={address.until} />
          </>
        }
        back={{ to: '/office/invoice-runs', label: 'Invoice runs' }}
        actions={
          <Button component={Link} to={wizardAddress({ ...address, step: 'preview' })} variant="default">
            See every line
          </Button>
        }
      />
      {answer?.message ? <ChangedSince message={answer.message} changes={answer.changes ?? []} /> : null}
      <Facts
        facts={[
          ['Put together by', proposal.proposedByName ?? '–'],
          ['On', <DateTime key="on" value={proposal.proposedAt} />],
          ...(totals
            ? ([
                ['Invoices', totals.families],
                ['Lines', totals.lines],
                ['Total', <Money key="total" value={totals.total} />],
              ] as [string, ReactNode][])
            : []),
        ]}
      />
      {open ? (
        <Stack gap="md" maw={640}>
          {same ? (
            <Text size="sm">Nothing has changed since it was put together.</Text>
          ) : (
            <Alert variant="light" color="yellow" title="Something changed since it was put together">
              <List size="sm">
                {changes.slice(0, 20).map((change) => (
                  <List.Item key={change}>{change}</List.Item>
                ))}
              </List>
              <Text size="sm" mt="xs">
                It can’t be confirmed like this. Send it back, or put it together anew.
              </Text>
            </Alert>
          )}
          {mine ? <Text size="sm">You have put this together, so another administrator confirms it.</Text> : null}
          <Group gap="sm" align="flex-start">
            {same && !mine && totals ? (
              <ConfirmButton
                align="start"
                main
                label={`Confirm ${many(totals.families, 'invoice')}`}
                confirm={`Issue ${many(totals.families, 'invoice')} now`}
                consequence={
                  <>
                    Issues {many(totals.families, 'invoice')} of <Money value={totals.total} />
                    {proposal.sendMails ? ` and mails ${many(mailed, 'family', 'families')}` : ', without mails'}. An issued
                    invoice never changes; a mistake is taken back by a credit note.
                  </>
                }
              />
            ) : null}
            <ConfirmButton
              align="start"
              label={mine ? 'Take it back' : 'Send back'}
              confirm={mine ? 'Take it back' : 'Send it back'}
              consequence="Nothing is issued. What you write is shown to whoever put it together."
              fields={{ intent: 'send-back' }}
            >
              <Textarea
                name="note"
                label="What is to be changed"
                rows={3}
                error={answer?.errors.note}
                defaultValue={answer?.values.note}
              />
            </ConfirmButton>
          </Group>
        </Stack>
      ) : (
        <Alert variant="light" color={proposal.status === 'confirmed' ? 'green' : 'yellow'}>
          <Text size="sm">
            {proposal.status === 'confirmed' ? 'Confirmed' : 'Sent back'}
            {proposal.decidedByName ? ` by ${proposal.decidedByName}` : ''}, <DateTime value={proposal.decidedAt} />.{' '}
            {proposal.note}
          </Text>
          {proposal.runId ? (
            <Button component={Link} to={`/office/invoice-runs/${proposal.runId}`} mt="sm" size="xs" variant="default">
              To the run
            </Button>
          ) : (
            <Button component={Link} to={wizardAddress({ ...address, step: 'check' })} mt="sm" size="xs" variant="default">
              Put it together anew
            </Button>
          )}
        </Alert>
      )}
    </>
  );
}
