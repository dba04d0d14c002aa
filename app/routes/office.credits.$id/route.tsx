import { Stack, Title } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listCreditLots, listCredits } from '#app/domain/billing/list-credits.server.ts';
import { LINES, listComingCredits, listCreditLines } from '#app/domain/credits/credit-ledger.server.ts';
import { quantityWords } from '#app/domain/credits/credit-unit.ts';
import { findCreditWatch } from '#app/domain/credits/credit-watch-queries.server.ts';
import { findCreditUnit, listPackages } from '#app/domain/credits/package-queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listChildChoices, listClientChoices } from '#app/domain/people/choice-queries.server.ts';
import { getClient } from '#app/domain/people/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { Credits } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { actOnCredits } from '../credit-pages/act-on-credits.server.ts';
import { ComingCredits } from '../credit-pages/coming-credits.tsx';
import { CreditLines } from '../credit-pages/credit-lines.tsx';
import { MovePanel } from '../credit-pages/move-panel.tsx';
import { SellPanel } from '../credit-pages/sell-panel.tsx';
import { WatchForm } from '../credit-pages/watch-form.tsx';
import { CreditLots } from '../money-pages/credit-lots.tsx';
import { Facts } from '../money-pages/facts.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Credits of ${data?.client.name ?? ''} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const client = await found(getClient(db, id));
  const asked = new URL(args.request.url).searchParams.get('lines') === 'all' ? LINES.most : LINES.first + 1;
  const [credits, lots, lines, coming, families, students, organisation, packages, unit, watch] = await Promise.all([
    listCredits(db, args.context.plugins, { clientId: id, everybody: true }),
    listCreditLots(db, id),
    listCreditLines(db, id, asked),
    listComingCredits(db, id),
    listClientChoices(db),
    listChildChoices(db, id),
    getOrganisation(db),
    listPackages(db, { active: true }),
    findCreditUnit(db, args.context),
    findCreditWatch(db, id),
  ]);
  return {
    client: { id, name: client.name },
    credits: credits[0] ?? null,
    lots,
    lines: lines.slice(0, asked === LINES.most ? LINES.most : LINES.first),
    more: asked !== LINES.most && lines.length === asked,
    coming,
    families: [
      ...(lots.some((lot) => lot.studentName) ? [{ id, name: 'This family, for all its children' }] : []),
      ...families.filter((family) => family.id !== id),
    ],
    students,
    packages: packages.map(({ id: packageId, name, price, perStudent, credits: holds }) => ({
      id: packageId,
      name,
      price,
      perStudent,
      quantity: quantityWords(holds, unit),
    })),
    watch,
    currency: organisation.currency,
    today: localDateOf(clock(), organisation.timezone),
    formId: crypto.randomUUID(),
  };
}

export const action = (args: ActionFunctionArgs) => actOnCredits(args);

const lotAt = (lotId: string) => `/office/credits/lots/${lotId}`;

export default function CreditsOfFamily() {
  const { client, credits, lots, lines, more, coming, families, students, packages, watch, currency, today, formId } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={`Credits of ${client.name}`}
        description={<Link to={`/office/clients/${client.id}`}>Open the family’s page</Link>}
        back={{ to: '/office/credits', label: 'Credits' }}
      />
      <Stack gap="xl">
        {credits ? (
          <Facts
            facts={[
              ['Available', <Credits key="a" value={credits.available} />],
              ['Booked', <Credits key="b" value={credits.booked} />],
              ['Used', <Credits key="u" value={credits.used} />],
              ['Expired', <Credits key="e" value={credits.expired} />],
              ['Granted', <Credits key="g" value={credits.granted} />],
            ]}
          />
        ) : null}
        <SellPanel packages={packages} students={students} currency={currency} today={today} formId={formId} answer={answer} />
        <MovePanel lots={lots} students={students} families={families} today={today} formId={formId} answer={answer}>
          <WatchForm answer={answer} formId={formId} packages={packages} {...watch} />
        </MovePanel>
        <CreditLots lots={lots} today={today} lotAt={lotAt} />
        <ComingCredits coming={coming} sessionBase="/office/sessions" />
        {lines.length === 0 ? null : (
          <section aria-labelledby="movements">
            <Title order={2} id="movements" mb="xs">
              Movements
            </Title>
            <CreditLines lines={lines} sessionBase="/office/sessions" lotAt={lotAt} more={more} />
          </section>
        )}
      </Stack>
    </>
  );
}
