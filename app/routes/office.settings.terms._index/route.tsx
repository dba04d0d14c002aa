import { Anchor, Button, Stack } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { removeTerm } from '#app/domain/terms/remove-term.server.ts';
import { listTerms } from '#app/domain/terms/term-queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { dayOf } from '#app/ui/waiver-words.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'The dates of your terms. Free cancellations are counted by term, so a day outside of every term has none.',
  about: 'office/cancelling',
} as const;

export const meta: MetaFunction = () => [{ title: 'Terms · Lectern' }];

const PATH = '/office/settings/terms';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { organisation, reader } = await readerFor(user, args.context);
  const terms = await listTerms(args.context.db);
  return {
    free: organisation.policies.late_cancel.free_per_term,
    terms: terms.map(({ id, name, startsOn, endsOn, used }) => ({
      id,
      name,
      used,
      days: `${dayOf(startsOn, reader.locale)} to ${dayOf(endsOn, reader.locale)}`,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = (await request.formData()).get('id');
  if (!isId(id)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await removeTerm(context.db, context, actorOf(user, context), { id });
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type Row = Awaited<ReturnType<typeof loader>>['terms'][number];

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Term',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${PATH}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  },
  { key: 'days', header: 'Days', cell: (row) => row.days },
  { key: 'used', header: 'Free cancellations had', align: 'right', cell: (row) => row.used },
  {
    key: 'remove',
    header: 'Remove',
    cell: (row) =>
      row.used > 0 ? (
        'In use'
      ) : (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="id" value={row.id} />
          <Button type="submit" variant="subtle" color="red" size="compact-sm" aria-label={`Remove ${row.name}`}>
            Remove
          </Button>
        </Form>
      ),
  },
];

export default function Terms() {
  const { terms, free } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const add = { to: `${PATH}/new`, label: 'Add a term' };
  return (
    <>
      <PageHeader
        help={HELP}
        title="Terms"
        back={{ to: '/office/settings', label: 'Settings' }}
        description={`Free cancellations are counted by the term that the session is in; outside of any term there are none. ${
          free > 0
            ? `The company’s policy leaves each student ${free} free in a term.`
            : 'The company’s policy has no free ones yet; a program may.'
        }`}
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <ToldAlert told={told} />
      <Stack gap="lg" maw={900}>
        {terms.length === 0 ? (
          <EmptyState
            title="No terms yet"
            text="A term is a span of days, such as a school’s: in each, a student may cancel late so many times for free."
            action={add}
          />
        ) : (
          <DataTable caption="Terms, the latest first" columns={columns} rows={terms} rowKey={(row) => row.id} />
        )}
      </Stack>
    </>
  );
}
