import { Stack, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { listAutoCharge, listCards, listCollections } from '#app/domain/payments/queries.server.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { refusalOf } from '../money-pages/refusal.server.ts';
import { cardAction } from '../payment-pages/card-action.server.ts';
import { Cards } from '../payment-pages/cards.tsx';
import { ChargesTable } from '../payment-pages/charges-table.tsx';

export const meta: MetaFunction = () => [{ title: 'Cards · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db } = args.context;
  const clientIds = [recordIdOf(args.params)];
  const [[client], cards, coming, past] = await Promise.all([
    listAutoCharge(db, clientIds),
    listCards(db, clientIds),
    listCollections(db, { clientIds, statuses: ['scheduled'] }),
    listCollections(db, { clientIds, statuses: ['open', 'succeeded', 'failed', 'cancelled'], way: 'saved_card', limit: 50 }),
  ]);
  if (!client) throw notFound();
  return { client, cards, coming, past };
}

export async function action(args: ActionFunctionArgs) {
  const { context } = args;
  const user = await authorize(args, 'money.manage');
  const clientId = recordIdOf(args.params);
  const form = await args.request.formData();
  try {
    await cardAction(context, actorOf(user, context), clientId, form);
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw notFound();
    return refusalOf(error, form);
  }
  throw redirect(`/office/clients/${clientId}/cards`);
}

export default function ClientCards() {
  const { client, cards, coming, past } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader title="Cards" description={client.name} back={{ to: `/office/clients/${client.id}`, label: client.name }} />
      <ErrorSummary message={answer?.message} />
      <Stack gap="lg">
        <Cards clientId={client.id} cards={cards} autoCharge={client.autoCharge} coming={coming} own={false} />
        {past.length === 0 ? null : (
          <section aria-labelledby="past">
            <Title order={2} id="past" mb="xs">
              Taken, or tried
            </Title>
            <ChargesTable caption="Charges of saved cards" charges={past} />
          </section>
        )}
      </Stack>
    </>
  );
}
