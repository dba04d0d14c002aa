import { Anchor, Button, Stack, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { arrangePackage } from '#app/domain/credits/arrange-package.server.ts';
import { quantityWords } from '#app/domain/credits/credit-unit.ts';
import { findCreditUnit, listPackages } from '#app/domain/credits/package-queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Packages · Lectern' }];

const PATH = '/office/settings/packages';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { db } = args.context;
  const [packages, unit] = await Promise.all([listPackages(db), findCreditUnit(db, args.context)]);
  const rows = packages.map((one) => ({ ...one, quantity: quantityWords(one.credits, unit) }));
  return { active: rows.filter((row) => !row.archivedAt), archived: rows.filter((row) => row.archivedAt) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const form = await request.formData();
  const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
  const id = form.get('id');
  if (!to || typeof id !== 'string' || !isId(id)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await arrangePackage(context.db, context, actorOf(user, context), { id, to });
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['active'][number];

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Package',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${PATH}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  },
  { key: 'quantity', header: 'Holds', cell: (row) => row.quantity },
  { key: 'price', header: 'Price, net', align: 'right', cell: (row) => <Money value={row.price} /> },
  { key: 'valid', header: 'Valid', cell: (row) => (row.validDays ? `${row.validDays} days` : 'Without an end') },
  {
    key: 'for',
    header: 'Serves',
    cell: (row) => [row.perStudent ? 'One child' : 'The family', row.programName].filter(Boolean).join(', '),
    wideOnly: true,
  },
  { key: 'shown', header: 'Families see it', cell: (row) => (row.inStorefront ? 'Yes' : 'No'), wideOnly: true },
  { key: 'sold', header: 'Sold', align: 'right', cell: (row) => row.sold, wideOnly: true },
];

export default function Packages() {
  const { active, archived } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const add = { to: `${PATH}/new`, label: 'Add a package' };
  return (
    <>
      <PageHeader
        title="Packages"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What families buy ahead to book with, in the order they see it. What was sold stays as it was sold."
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <ToldAlert told={told} />
      <Stack gap="xl">
        {active.length === 0 ? (
          <EmptyState
            title="No packages on sale"
            text="A package is a number of sessions or hours at one price, such as ten lessons for half a year. With one, selling credits takes two clicks, and families can buy it themselves."
            action={add}
          />
        ) : (
          <DataTable
            caption="Packages on sale"
            rows={active}
            rowKey={(row) => row.id}
            columns={[
              ...columns,
              {
                key: 'order',
                header: 'Order',
                cell: (row) => (
                  <ArrangeButtons
                    id={row.id}
                    name={row.name}
                    first={row.id === active[0]?.id}
                    last={row.id === active.at(-1)?.id}
                    archive={{ label: 'Off sale', says: `Take ${row.name} off sale` }}
                  />
                ),
              },
            ]}
          />
        )}
        {archived.length > 0 ? (
          <Stack gap="sm" component="section" aria-label="Off sale">
            <Title order={2}>Off sale</Title>
            <DataTable
              caption="Packages that are off sale"
              rows={archived}
              rowKey={(row) => row.id}
              columns={[
                ...columns,
                {
                  key: 'restore',
                  header: 'Bring back',
                  cell: (row) => (
                    <RestoreButton
                      id={row.id}
                      name={row.name}
                      restore={{ label: 'Sell again', says: `Sell ${row.name} again` }}
                    />
                  ),
                },
              ]}
            />
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}
