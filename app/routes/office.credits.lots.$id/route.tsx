import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { getCreditLot, listLotLines } from '#app/domain/credits/lot-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Credits, Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { actOnMoves } from '../credit-pages/act-on-moves.server.ts';
import { LotLines } from '../credit-pages/lot-lines.tsx';
import { ExtendForm, MoveForm, TakeForm } from '../credit-pages/move-forms.tsx';
import { textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.lot.packageName ?? 'Credits'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const lot = await found(getCreditLot(db, recordIdOf(args.params)));
  const [lines, families, { timezone }] = await Promise.all([
    listLotLines(db, lot.id),
    listClientChoices(db),
    getOrganisation(db),
  ]);
  const today = localDateOf(clock(), timezone);
  return {
    lot,
    lines,
    families: families.filter((family) => family.id !== lot.clientId),
    over: lot.expiresOn !== null && lot.expiresOn < today,
    formId: crypto.randomUUID(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const lot = await found(getCreditLot(context.db, recordIdOf(args.params)));
  const form = await request.formData();
  const options = { name: textOf(form, 'form'), clientId: lot.clientId, lotId: lot.id };
  const refused = await actOnMoves(context, actorOf(user, context), form, options);
  if (refused) return refused;
  throw redirect(`/office/credits/lots/${lot.id}`);
}

const kinds = { sold: 'Sold', gift: 'Given', correction: 'Added by a correction', transfer: 'Moved here' };

export default function CreditLotPage() {
  const { lot, lines, families, over, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const from = [{ id: lot.id, name: lot.ref }];
  const movable = lot.left > 0n && !over;
  return (
    <>
      <PageHeader
        title={lot.packageName ?? `Credits ${lot.ref}`}
        description={
          <Anchor component={Link} to={`/office/clients/${lot.clientId}`} size="sm">
            {lot.clientName}
          </Anchor>
        }
        back={{ to: `/office/credits/${lot.clientId}`, label: `Credits of ${lot.clientName}` }}
      />
      <RecordColumns>
        <RecordColumn>
          <section aria-labelledby="went">
            <Title order={2} id="went" mb="xs">
              Where they went
            </Title>
            <LotLines lines={lines} />
          </section>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Facts">
            <Facts
              rows={[
                ['Left', <Credits key="left" value={lot.left} />],
                ['Of', <Credits key="of" value={lot.credits} />],
                ['Price, net', lot.kind === 'sold' ? <Money key="price" value={lot.price} /> : null],
                ['Invoice', lot.kind === 'sold' ? <InvoiceOf key="invoice" lot={lot} /> : null],
                [kinds[lot.kind], <LocalDate key="on" value={lot.purchasedOn} />],
                ['By', lot.soldBy],
                ['Why', lot.move?.reason],
                [
                  'From',
                  lot.move?.otherId ? (
                    <Anchor key="from" component={Link} to={`/office/credits/${lot.move.otherId}`} size="sm">
                      {lot.move.otherName}
                    </Anchor>
                  ) : null,
                ],
                ['Last day', lot.expiresOn ? <LocalDate key="last" value={lot.expiresOn} /> : 'Never expires'],
                ['Serves', [lot.studentName, lot.programName].filter(Boolean).join(', ') || 'The whole family, every program'],
                ['Note', lot.note],
                ['Noted', <DateTime key="noted" value={lot.createdAt} plain />],
              ]}
            />
          </Panel>
          <Paper withBorder p="md" className="no-print" component="section" aria-labelledby="change">
            <Stack gap="sm">
              <Title order={2} id="change">
                Change
              </Title>
              {movable ? <TakeForm answer={answer} formId={formId} lots={from} /> : null}
              {movable ? <MoveForm answer={answer} formId={formId} lots={from} families={families} /> : null}
              {lot.expiresOn && !over ? <ExtendForm answer={answer} formId={formId} expiresOn={lot.expiresOn} /> : null}
              {movable || (lot.expiresOn && !over) ? null : (
                <Text size="sm" c="dimmed">
                  Nothing of it is left to move. Credits that are missing are given on the family’s page.
                </Text>
              )}
            </Stack>
          </Paper>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}

function InvoiceOf({ lot }: { lot: ReturnType<typeof useLoaderData<typeof loader>>['lot'] }) {
  if (!lot.charge) return 'Nothing was charged';
  if (!lot.charge.invoiceId) return lot.charge.takenBack ? 'Taken back' : 'On the next invoice';
  return (
    <>
      <Anchor component={Link} to={`/office/invoices/${lot.charge.invoiceId}`} size="sm">
        {lot.charge.invoiceNumber}
      </Anchor>
      {lot.charge.takenBack ? ', taken back by a credit note' : ''}
    </>
  );
}
