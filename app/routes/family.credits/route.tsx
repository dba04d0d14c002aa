import { Alert, Stack, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, forbidden } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listCreditLots, listCredits } from '#app/domain/billing/list-credits.server.ts';
import { buyPackage, payForPackage } from '#app/domain/credits/buy-package.server.ts';
import { type CreditLine, LINES, listComingCredits, listCreditLines } from '#app/domain/credits/credit-ledger.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { payOptions } from '#app/domain/payments/gateway-install.server.ts';
import { listChildChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { typed } from '#app/ui/form-answer.ts';
import { Credits } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { BuyPackages } from '../credit-pages/buy-packages.tsx';
import { ComingCredits } from '../credit-pages/coming-credits.tsx';
import { CreditLines } from '../credit-pages/credit-lines.tsx';
import { offeredPackages } from '../credit-pages/offered-packages.server.ts';
import { CreditLots } from '../money-pages/credit-lots.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { refusalOf, textOf } from '../money-pages/refusal.server.ts';

const HELP = {
  text: 'Credits you have, what is booked of them, and when they expire.',
  about: 'family/paying',
} as const;

export const meta: MetaFunction = () => [{ title: 'Credits · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'family.enter');
  if (!user.roles.includes('client')) throw forbidden();
  const { db, clock, plugins } = args.context;
  const asked = new URL(args.request.url).searchParams.get('lines') === 'all' ? LINES.most : LINES.first + 1;
  const own = user.clientIds.filter((clientId) => can(user, 'credits.read', { type: 'client', clientId }));
  const families = await Promise.all(
    own.map(async (clientId) => {
      const [credits, lots, lines, coming, students] = await Promise.all([
        listCredits(db, plugins, { clientId, everybody: true }),
        listCreditLots(db, clientId),
        listCreditLines(db, clientId, asked),
        listComingCredits(db, clientId),
        listChildChoices(db, clientId),
      ]);
      return { clientId, credits: credits[0] ?? null, lots, coming, students, ...shown(lines, asked) };
    }),
  );
  const organisation = await getOrganisation(db);
  const params = new URL(args.request.url).searchParams;
  return {
    paid: params.has('collection'),
    byCard: (await payOptions(db, args.context, organisation.currency)).checkout,
    families: families.filter((one) => one.credits !== null),
    packages: await offeredPackages(args.context),
    formId: crypto.randomUUID(),
    today: localDateOf(clock(), organisation.timezone),
  };
}

/** Buys a package that is offered. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'family.enter');
  const { context, request } = args;
  const form = await request.formData();
  const [id, clientId, packageId, studentId] = ['id', 'clientId', 'packageId', 'studentId'].map((name) => textOf(form, name));
  if (!isId(clientId) || !can(user, 'invoice.pay', { type: 'client', clientId })) throw forbidden();
  if (!isId(id) || !isId(packageId)) throw new Response('Nothing to do.', { status: 400 });
  const sale = { id, clientId, packageId, studentId: isId(studentId) ? studentId : null };
  try {
    if (form.get('way') === 'card') {
      const goTo = await payForPackage(context.db, context, actorOf(user, context), sale);
      return { goTo, form: clientId, errors: {}, values: typed(form) };
    }
    await buyPackage(context.db, context, actorOf(user, context), sale);
  } catch (error) {
    return refusalOf(error, form, clientId);
  }
  throw redirect('/family/credits');
}

const shown = (lines: CreditLine[], asked: number) => ({
  lines: lines.slice(0, asked === LINES.most ? LINES.most : LINES.first).map(forFamily),
  more: asked !== LINES.most && lines.length === asked,
});

/** Why the office moved credits, and whose they were, is the office's. */
const forFamily = (line: CreditLine): CreditLine => ({ ...line, reason: null, otherId: null, otherName: null });

export default function FamilyCredits() {
  const { families, packages, byCard, paid, formId, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader help={HELP} title="Credits" />
      {paid ? (
        <Alert variant="light" color="green" mb="md" role="status" title="Thank you">
          The credits are added as soon as your payment is confirmed, most often within a minute. Load this page again then.
        </Alert>
      ) : null}
      {families.length === 0 ? (
        <EmptyState
          title="No credits"
          text="Families that pay with packages of credits see here what they have left and where each went."
        />
      ) : (
        families.map(({ clientId, credits, lots, lines, more, coming, students }) => (
          <Stack key={clientId} gap="lg">
            {credits ? (
              <Facts
                facts={[
                  ['Available', <Credits key="a" value={credits.available} />],
                  ['Booked', <Credits key="b" value={credits.booked} />],
                  ['Used', <Credits key="u" value={credits.used} />],
                  ['Expired', <Credits key="e" value={credits.expired} />],
                ]}
              />
            ) : null}
            <BuyPackages
              clientId={clientId}
              packages={packages}
              byCard={byCard}
              students={students}
              formId={formId}
              answer={answer}
            />
            <CreditLots lots={lots} today={today} />
            <ComingCredits coming={coming} sessionBase="/family/sessions" />
            {lines.length === 0 ? null : (
              <section aria-labelledby={`movements-${clientId}`}>
                <Title order={2} id={`movements-${clientId}`} mb="xs">
                  Where they went
                </Title>
                <CreditLines lines={lines} sessionBase="/family/sessions" lotAt={(lotId) => `#lot-${lotId}`} more={more} />
              </section>
            )}
          </Stack>
        ))
      )}
    </>
  );
}
